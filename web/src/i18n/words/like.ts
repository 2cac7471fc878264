import type { Words } from '../pick'

/** Open cases like the one about to be written down. */
export const likeWords = {
  like: {
    title: ['先看看是不是同一件', 'See whether it is one of these'], same: ['同一户，同一样事', 'same door, same kind'], door: ['同一户', 'same door'], phone: ['同一个电话', 'same telephone'], both: ['同一户，同一个电话', 'same door, same telephone'],
    it: ['就是这一件', 'It is this one'], look: ['看这一件', 'Look at it'], note: ['把写好的话补进这一件，不另开', 'Adds what was typed to it; no other is opened'],
  },
} satisfies Words
