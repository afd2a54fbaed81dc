const rate = 44100

interface Note {
  at: number
  length: number
  pitch: number
  loud: number
  kind: 'pluck' | 'pad' | 'bass'
  pan: number
}

const frequency = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12)

// F, C, D minor and B flat, two bars each: calm, and it can stop anywhere.
const chords = [
  [53, 57, 60, 64],
  [52, 55, 60, 67],
  [50, 57, 60, 65],
  [46, 53, 58, 62]
] as const

const score = (seconds: number): Note[] => {
  const beat = 60 / 92
  const notes: Note[] = []
  for (let bar = 0; bar * 4 * beat < seconds; bar++) {
    const chord = chords[bar % chords.length] ?? chords[0]
    const start = bar * 4 * beat
    notes.push({ at: start, length: beat * 4, pitch: chord[0] - 12, loud: 0.26, kind: 'bass', pan: 0 })
    chord.forEach((pitch, index) => {
      notes.push({ at: start, length: beat * 4.4, pitch, loud: 0.062, kind: 'pad', pan: (index - 1.5) * 0.3 })
    })
    const order = [0, 2, 3, 1, 2, 3, 1, 2]
    order.forEach((degree, step) => {
      if (bar === 0 && step < 2) return
      const pitch = (chord[degree] ?? chord[0]) + 12 + (step === 2 && bar % 2 ? 12 : 0)
      notes.push({
        at: start + step * beat * 0.5,
        length: 1.6,
        pitch,
        loud: step % 4 === 0 ? 0.15 : 0.1,
        kind: 'pluck',
        pan: step % 2 ? 0.35 : -0.35
      })
    })
  }
  return notes
}

const voice = (kind: Note['kind'], phase: number, time: number, length: number): number => {
  const sine = (harmonic: number) => Math.sin(phase * harmonic)
  if (kind === 'pluck')
    return (
      (sine(1) + 0.4 * sine(2) * Math.exp(-time * 5) + 0.16 * sine(4) * Math.exp(-time * 12)) *
      Math.exp(-time * 3.2) *
      Math.min(1, time * 250)
    )
  const attack = kind === 'pad' ? 0.6 : 0.05
  const shape = Math.min(1, time / attack) * Math.min(1, Math.max(0, (length - time) / 0.5))
  return (sine(1) + (kind === 'pad' ? 0.3 * sine(2) + 0.1 * sine(3) : 0.2 * sine(2))) * shape
}

/** A soft bed of music of that length, as a WAV file: made of sines, so it belongs to nobody else. */
export const musicBed = (seconds: number): Buffer => {
  const frames = Math.round(seconds * rate)
  const left = new Float64Array(frames)
  const right = new Float64Array(frames)
  for (const note of score(seconds)) {
    const first = Math.round(note.at * rate)
    const last = Math.min(frames, first + Math.round(note.length * rate))
    const step = (2 * Math.PI * frequency(note.pitch)) / rate
    for (let frame = first; frame < last; frame++) {
      const value = voice(note.kind, (frame - first) * step, (frame - first) / rate, note.length) * note.loud
      left[frame] = (left[frame] ?? 0) + value * (1 - Math.max(0, note.pan))
      right[frame] = (right[frame] ?? 0) + value * (1 + Math.min(0, note.pan))
    }
  }
  const delay = Math.round(rate * 0.29)
  const data = Buffer.alloc(44 + frames * 4)
  data.write('RIFF', 0)
  data.writeUInt32LE(36 + frames * 4, 4)
  data.write('WAVEfmt ', 8)
  data.writeUInt32LE(16, 16)
  data.writeUInt16LE(1, 20)
  data.writeUInt16LE(2, 22)
  data.writeUInt32LE(rate, 24)
  data.writeUInt32LE(rate * 4, 28)
  data.writeUInt16LE(4, 32)
  data.writeUInt16LE(16, 34)
  data.write('data', 36)
  data.writeUInt32LE(frames * 4, 40)
  for (let frame = 0; frame < frames; frame++) {
    const fade = Math.min(1, frame / rate / 0.8, (frames - frame) / rate / 2)
    // One echo from the other side gives the bed its width.
    if (frame >= delay) {
      left[frame] = (left[frame] ?? 0) + (right[frame - delay] ?? 0) * 0.28
      right[frame] = (right[frame] ?? 0) + (left[frame - delay] ?? 0) * 0.22
    }
    const write = (value: number, offset: number) =>
      data.writeInt16LE(Math.round(Math.tanh(value * fade) * 30000), 44 + frame * 4 + offset)
    write(left[frame] ?? 0, 0)
    write(right[frame] ?? 0, 2)
  }
  return data
}
