/** named takes what was typed or scanned and gives what the server knows a door by: the token of the sheet on it, or its number. */
export function named(text: string): string {
  const said = text.trim()
  return /\/r\/([A-Za-z0-9_-]{22})(?:[/?#]|$)/.exec(said)?.[1] ?? said
}
