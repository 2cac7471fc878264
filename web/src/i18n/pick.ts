/** Words holds every text of a face as [Chinese, English], so that neither can be forgotten. */
export type Words = { readonly [key: string]: readonly [string, string] | Words }
