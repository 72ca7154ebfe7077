import { ChevronDown } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import { Panel } from '../../ui/Panel';
import { insertPhrase } from './insertPhrase';
import { EXAMPLES, VOCABULARY } from './phrases';

/** Longer texts are cut by the text encoder; nobody should type what is not read. */
const MAX_CHARACTERS = 300;

const CHIP =
  'rounded-full border border-line px-2.5 py-1 text-left text-xs text-muted transition-colors hover:border-line-strong hover:text-ink pointer-coarse:min-h-11';

interface PromptPanelProps {
  description: string;
  onChange: (description: string) => void;
  /** At the heading's right. */
  aside?: ReactNode;
  /** Whether whole sentences to start from are offered. */
  hasExamples?: boolean;
}

/** The description box, with sentences to start from and the words that the model knows. */
export function PromptPanel({ description, onChange, aside, hasExamples = false }: PromptPanelProps) {
  const hintId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const insert = (phrase: string) => {
    onChange(insertPhrase(description, phrase));
    box.current?.focus();
  };
  return (
    <Panel title="Describe" id="describe" aside={aside}>
      <div className="px-4 pb-4">
        <textarea
          ref={box}
          aria-label="Description"
          aria-describedby={hintId}
          className="block field-sizing-content min-h-20 w-full resize-none rounded-lg border border-line-strong bg-raised px-3 py-2 text-[0.9375rem] leading-relaxed placeholder:text-muted"
          placeholder="Who is it? Two or three things are enough."
          maxLength={MAX_CHARACTERS}
          value={description}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <p id={hintId} className="mt-2 text-xs leading-relaxed text-muted">
          Write as you speak. It knows age, gender, hair, eye colour, beard, smile, glasses, hats, makeup, jewellery,
          nose, lips and skin tone; other things have little effect.
        </p>
        {hasExamples && <Examples onChoose={onChange} />}
        <Vocabulary onInsert={insert} />
      </div>
    </Panel>
  );
}

function Examples({ onChoose }: { onChoose: (text: string) => void }) {
  return (
    <ul aria-label="Examples" className="mt-3 flex flex-wrap gap-1.5">
      {EXAMPLES.map(({ label, description }) => (
        <li key={label}>
          <button type="button" className={CHIP} title={description} onClick={() => onChoose(description)}>
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Vocabulary({ onInsert }: { onInsert: (phrase: string) => void }) {
  return (
    <details className="group mt-3">
      <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded text-xs font-medium text-muted hover:text-ink pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronDown size={14} className="transition-transform group-open:rotate-180" aria-hidden />
        Words it knows
      </summary>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-2 text-xs">
        {VOCABULARY.map(({ kind, phrases }) => (
          <div key={kind} className="col-span-2 grid grid-cols-subgrid items-baseline">
            <dt className="text-muted">{kind}</dt>
            <dd className="flex flex-wrap gap-1">
              {phrases.map((phrase) => (
                <button key={phrase} type="button" className={CHIP} onClick={() => onInsert(phrase)}>
                  {phrase}
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
