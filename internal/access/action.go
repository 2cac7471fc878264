package access

// The actions. Each operation of the product asks for one of them at one place;
// the names are those of the API's verbs and of policies.cedar.
const (
	MeRead           = "me.read"           // who am I; also signing out and sending a batch
	PlaybookRead     = "playbook.read"     // rules are public
	PlaybookCheck    = "playbook.check"    // no place needed: ask at ""
	PlaybookOverride = "playbook.override" // what a place changes for itself
	PlaybookApprove  = "playbook.approve"  // decide on what a place below may ease
	PlaybookUpgrade  = "playbook.upgrade"  // another version for new incidents; ask at ""
	JournalRead      = "journal.read"      // checkpoints and proofs, no content; ask at ""

	PlaceRead   = "place.read"   // one place, its children, search
	PlaceBoard  = "place.board"  // building board: state of each door in a round
	PlaceMap    = "place.map"    // shapes with counts
	PlaceImport = "place.import" // territory files
	PlaceExport = "place.export" // territory files

	ReshapePlan  = "reshape.plan"  // preview how places move, split, merge or are divided
	ReshapeApply = "reshape.apply" // make such a plan hold

	ContactWrite = "contact.write" // whom residents can call
	QRIssue      = "qr.issue"      // codes at doors: make, replace, print

	ResidentList   = "resident.list"
	ResidentRead   = "resident.read"
	ResidentReveal = "resident.reveal" // one field in clear, with purpose
	ResidentLooks  = "resident.looks"  // who looked at a person
	ResidentImport = "resident.import"

	HelperList   = "helper.list"
	HelperImport = "helper.import"
	HelperExport = "helper.export" // the roll as a file, for a purpose
	HelperWrite  = "helper.write"  // add, change, take leave of a helper; choose leads; print cards
	HelperReveal = "helper.reveal" // one sealed field of a helper in clear, with purpose
	HelperAway   = "helper.away"   // say that somebody is locked in, locked out, isolated, has left, or is back

	CallSend = "call.send" // mobilisation calls: whom one would reach, send, withdraw
	CallRead = "call.read" // ask with Reaches; receivers by Scope
	CallNote = "call.note" // write down what somebody answered by phone or at the door

	TrainingRead  = "training.read"  // courses, sessions and passes of helpers; who needs what
	TrainingWrite = "training.write" // plan and note sessions, write down passes that a named trainer gave, revoke them
	PassName      = "pass.name"      // name a first trainer without a course, with a reason
	RosterRead    = "roster.read"    // who stands where and when
	RosterPlan    = "roster.plan"    // make a roster, publish it, take it back
	RosterAssign  = "roster.assign"  // change one shift by hand

	SquadRead  = "squad.read"  // squads that organisations send, and where they stand
	SquadWrite = "squad.write" // enter, import and change squads
	SurgePlan  = "surge.plan"  // plan who goes where, release, take back
	SurgeApply = "surge.apply" // make such a plan hold, as a second person

	CaseOpen = "case.open" // write down a need for somebody, and what they say of its answer
	CaseRead = "case.read" // cases at a place
	CaseDesk = "case.desk" // work at a desk of one's own role: take, answer, transfer

	GreetingKeep = "greeting.keep" // see who is greeted every day, and say how it went
	DoseKeep     = "dose.keep"     // until when somebody's medicine lasts: a health fact
	GreetingPair = "greeting.pair" // choose who greets whom, and end it

	PointKeep = "point.keep" // declare the points of a patrol, change and end them

	OutsideIssue = "outside.issue" // keys of systems outside of ours: issue, read, revoke

	WarningRead = "warning.read" // be told of what is worth a look, and answer; each subject asks its own right beside it

	OutboxRead = "outbox.read" // what a demonstration or drill would have sent; ask at ""

	DrillRun = "drill.run" // run drills of a playbook at a place, read and delete them

	IncidentDeclare    = "incident.declare"
	IncidentRead       = "incident.read" // ask with Reaches: an incident covers places above and below
	IncidentZone       = "incident.zone" // draw and lift zones
	IncidentPlan       = "incident.plan"
	IncidentApply      = "incident.apply"
	IncidentDemobilize = "incident.demobilize"
	PlanRead           = "plan.read"     // ask with Reaches
	PlanPin            = "plan.pin"      // ask at the slot's place
	PostOverride       = "post.override" // put somebody on a post for all they lack; ask at the post's place

	FactRecord = "fact.record" // what release clocks ask

	ExemptionRequest = "exemption.request"
	ExemptionRead    = "exemption.read"   // that there is one and how it stands; why only its decider reads
	ExemptionDecide  = "exemption.decide" // grant, refuse, revoke
	ExemptionCheck   = "exemption.check"  // at the gate: valid or not

	PostRead    = "post.read"
	RoundRead   = "round.read" // rounds with Reaches, targets by Scope
	RoundRecord = "round.record"

	OverviewRead = "overview.read"
	LogRead      = "log.read"
	LiveRead     = "live.read" // open the stream; what flows is decided by the feed actions

	FieldPack = "field.pack"
	FieldDoor = "field.door"

	TokenCreate  = "token.create"
	AccountRead  = "account.read"
	AccountWrite = "account.write"

	FeedPublic    = "feed.public"
	FeedWork      = "feed.work"
	FeedRegister  = "feed.register"
	FeedSensitive = "feed.sensitive"
	FeedAudit     = "feed.audit"
)

// Actions is every action, in the order of the expectation table.
var Actions = []string{
	MeRead, PlaybookRead, PlaybookCheck, PlaybookOverride, PlaybookApprove, PlaybookUpgrade, JournalRead,
	PlaceRead, PlaceBoard, PlaceMap, PlaceImport, PlaceExport,
	ReshapePlan, ReshapeApply,
	ContactWrite, QRIssue,
	ResidentList, ResidentRead, ResidentReveal, ResidentLooks, ResidentImport,
	HelperList, HelperImport, HelperExport, HelperWrite, HelperReveal, HelperAway, CallSend, CallRead, CallNote, TrainingRead, TrainingWrite, PassName, RosterRead, RosterPlan, RosterAssign, SquadRead, SquadWrite, SurgePlan, SurgeApply, OutboxRead, DrillRun,
	IncidentDeclare, IncidentRead, IncidentZone, IncidentPlan, IncidentApply, IncidentDemobilize,
	PlanRead, PlanPin, PostOverride,
	FactRecord, ExemptionRequest, ExemptionRead, ExemptionDecide, ExemptionCheck, CaseOpen, CaseRead, CaseDesk, GreetingKeep, GreetingPair, DoseKeep, PointKeep, OutsideIssue, WarningRead,
	PostRead, RoundRead, RoundRecord,
	OverviewRead, LogRead, LiveRead, FieldPack, FieldDoor,
	TokenCreate, AccountRead, AccountWrite,
	FeedPublic, FeedWork, FeedRegister, FeedSensitive, FeedAudit,
}

// Feed returns the action that a listener needs for entries with an audience
// label ("public", "work", "register", "sensitive", "audit"). An unknown label
// gives an action that nobody has.
func Feed(audience string) string { return "feed." + audience }
