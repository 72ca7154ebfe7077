/** What can be put into the description with one press. All of it is within what the text model was taught. */

export const EXAMPLES: readonly { label: string; description: string }[] = [
  { label: 'Blond and smiling', description: 'A smiling woman in her thirties with long blond hair.' },
  { label: 'Beard and glasses', description: 'A man in his fifties with a short beard and glasses.' },
  { label: 'Black hair, bangs', description: 'A young woman with wavy black hair, bangs and lipstick.' },
  { label: 'Grey and serious', description: 'An elderly man with grey hair. He is not smiling.' },
];

/** Attributes by kind, in the words of the training captions. */
export const VOCABULARY: readonly { kind: string; phrases: readonly string[] }[] = [
  { kind: 'Age', phrases: ['in her twenties', 'in his thirties', 'middle-aged', 'elderly'] },
  { kind: 'Gender', phrases: ['a woman', 'a man'] },
  { kind: 'Hair', phrases: ['long hair', 'short hair', 'bangs', 'wavy hair', 'straight hair', 'bald'] },
  { kind: 'Hair colour', phrases: ['black hair', 'brown hair', 'blond hair', 'red hair', 'grey hair'] },
  { kind: 'Eyes', phrases: ['blue eyes', 'green eyes', 'brown eyes'] },
  { kind: 'Beard', phrases: ['a full beard', 'a goatee', 'a mustache', 'no beard'] },
  {
    kind: 'Face',
    phrases: ['a big smile', 'not smiling', 'bushy eyebrows', 'a big nose', 'full lips', 'a double chin'],
  },
  { kind: 'Skin', phrases: ['dark skin', 'tanned skin', 'pale skin'] },
  { kind: 'Wearing', phrases: ['glasses', 'a hat', 'earrings', 'a necklace', 'lipstick', 'heavy makeup', 'a tie'] },
];
