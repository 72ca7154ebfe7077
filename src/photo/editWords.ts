/** TEMPORARY until models/contracts/edit-words.json exists. */
export const TABLE = {
  parts: [
    {
      words: ['glass', 'spectacle', 'sunglass'],
      classes: ['eye_g', 'l_eye', 'r_eye', 'l_brow', 'r_brow'],
      dilate: 0.04,
    },
    {
      words: ['hair', 'blond', 'brown', 'black', 'grey', 'gray', 'bald', 'bang', 'wavy', 'straight', 'long', 'short'],
      classes: ['hair'],
      dilate: 0.05,
    },
    { words: ['smil', 'mouth', 'lip', 'laugh'], classes: ['mouth', 'u_lip', 'l_lip'], dilate: 0.06 },
    {
      words: ['beard', 'goatee', 'mustache', 'moustache', 'stubble', 'shaven'],
      classes: ['skin', 'mouth', 'u_lip', 'l_lip'],
      dilate: 0.04,
      below: 'nose',
    },
  ],
  whole: ['year', 'old', 'young', 'elderly', 'man', 'woman', 'boy', 'girl', 'chubby', 'twenties', 'thirties'],
};
