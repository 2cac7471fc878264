/** spell turns a line such as 长塘里6、7、8号楼 or 长塘里6-8幢 into the building names it means. */
export function spell(line: string): string[] {
  const clean = line.replace(/\s/g, '').replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  const m = /^(.*?)((?:\d+[、,，\-－—~～至到]*)+)(?:号楼|号|幢|栋|#)?(?:楼)?$/.exec(clean)
  if (!m) return [clean]
  const numbers: number[] = []
  for (const part of m[2].split(/[、,，]/).filter(Boolean)) {
    const [a, b] = part.split(/[-－—~～至到]/).map(Number)
    const last = b || a
    for (let n = a; n <= last && n - a < 200; n++) numbers.push(n)
  }
  return [clean, ...numbers.flatMap((n) => [`${m[1]}${n}号楼`, `${m[1]}${n}幢`, `${m[1]}${n}栋`])]
}

/** whole is the name of the building that a part belongs to: 长塘里3号楼（1单元） is a part of 长塘里3号楼. */
export const whole = (name: string): string => name.replace(/\s/g, '').replace(/（\d+(?:[、,，]\d+)*单元）$/, '')
