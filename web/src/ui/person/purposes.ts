/** The purposes a person may choose from, with the fields and roles they fit; the server decides. */
const purposes: { id: string; fields: string[]; roles: string[] }[] = [
  { id: 'contact', fields: ['phone'], roles: ['commander', 'community', 'health', 'police'] },
  { id: 'verify-identity', fields: ['id_number'], roles: ['health', 'police'] },
  { id: 'medical', fields: ['phone', 'id_number', 'care'], roles: ['commander', 'community', 'health'] },
  { id: 'care', fields: ['phone', 'care'], roles: ['community', 'health'] },
  { id: 'tracing', fields: ['phone', 'id_number'], roles: ['community', 'health'] },
  { id: 'danger', fields: ['phone', 'care'], roles: ['commander', 'community', 'health', 'police'] },
]

/** purposesFor returns those that these roles may name for at least one of the fields. */
export function purposesFor(roles: Set<string>, fields: string[]): typeof purposes {
  return purposes.filter((p) => p.roles.some((r) => roles.has(r)) && p.fields.some((f) => fields.includes(f)))
}
