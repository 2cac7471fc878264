/** How often the wall asks anew when nothing is pushed to it, in milliseconds. */
export const updateEvery = 20_000
/** Two updates missed: from then on the wall says that its data stand still. */
export const staleAfter = 2 * updateEvery + 5_000
