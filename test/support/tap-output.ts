/** Reads what tap prints while it runs: shows each file as it ends and each failure whole, and counts. */

export interface TapResult {
  passed: number
  failed: number
}

export interface TapReader {
  line(line: string): void
  end(): TapResult
  /** For when tap fails without saying why. */
  lastLines(): string
}

const indentation = 4

/** A test that is skipped or still to write counts as a failure: nothing is left out silently. */
export function readTap(print: (line: string) => void): TapReader {
  const result: TapResult = { passed: 0, failed: 0 }
  const last: string[] = []
  /** The tests that enclose the line being read. */
  const names: string[] = []
  /** Whether results were read inside the test whose own result comes next, by depth. */
  const holdsResults: boolean[] = []
  let failing: { depth: number; lines: string[] } | undefined

  function flush(): void {
    if (failing) print(failing.lines.join('\n'))
    failing = undefined
  }

  function onResult(depth: number, isGood: boolean, rest: string): void {
    flush()
    const opens = rest.endsWith(' {')
    const name = rest.replace(/ \{$/, '').replace(/ # (?:time=|SKIP|TODO).*$/i, '')
    const isSkipped = / # (?:SKIP|TODO)/i.test(rest)
    if (depth === 0) {
      const time = /time=(\d+(?:\.\d+)?)ms/.exec(rest)?.[1]
      print(`${isGood ? 'ok    ' : 'FAILED'} ${name}${time ? ` (${(Number(time) / 1000).toFixed(1)} s)` : ''}`)
    }
    names.length = depth
    if (opens) {
      names[depth] = name
      holdsResults[depth + 1] = false
      return
    }
    const isLeaf = !holdsResults[depth + 1]
    holdsResults[depth] = true
    holdsResults[depth + 1] = false
    if (!isLeaf) return
    if (isGood && !isSkipped) {
      result.passed += 1
      return
    }
    result.failed += 1
    const trail = [...names.filter(Boolean), isSkipped ? `${name} (skipped)` : name]
    failing = { depth, lines: [`\n✗ ${trail.join(' › ')}`] }
  }

  return {
    line(line) {
      last.push(line)
      if (last.length > 40) last.shift()
      const spaces = /^ */.exec(line)?.[0].length ?? 0
      const text = line.slice(spaces)
      const depth = spaces / indentation
      const found = Number.isInteger(depth) ? /^(not )?ok \d+(?: - (.*))?$/.exec(text) : null
      if (found && !(failing && spaces > failing.depth * indentation)) {
        onResult(depth, !found[1], found[2] ?? '')
      } else if (failing && spaces > failing.depth * indentation) {
        if (text !== '---') failing.lines.push(`  ${line.slice(failing.depth * indentation)}`)
        if (text === '...') flush()
      } else if (Number.isInteger(depth) && text.startsWith('# Subtest: ')) {
        flush()
        names.length = depth
        names[depth] = text.slice('# Subtest: '.length)
        holdsResults[depth + 1] = false
      } else if (!/^(TAP version|\d+\.\.\d+|#|\}|$)/.test(text) && spaces === 0) {
        // What tests or their programs say outside TAP; tap draws an empty table of coverage for those that start others.
        if (!/\|.*\|/.test(line)) print(line)
      }
    },
    end() {
      flush()
      return result
    },
    lastLines: () => last.join('\n')
  }
}
