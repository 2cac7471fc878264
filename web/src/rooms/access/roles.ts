/** Roles that are given by hand, in the order of the mission; a resident's comes with the door. */
export const roles = ['commander', 'community', 'gridworker', 'lead', 'buildinglead', 'helper', 'health', 'property', 'police', 'department', 'inspector', 'admin', 'auditor']
