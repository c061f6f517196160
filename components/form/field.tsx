/** One line to fill in, with its name above and what it is for below. */

import type { Ref } from "react";

interface FieldProps {
  id: string;
  name: string;
  label: string;
  hint: string;
  initial: string;
  placeholder: string;
  /** The id of the error that is about this field. */
  errorId: string | null;
  fieldRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

export function Field({ id, name, label, hint, initial, placeholder, errorId, fieldRef, autoFocus }: FieldProps) {
  return (
    <div>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <input
        ref={fieldRef}
        id={id}
        name={name}
        type="text"
        defaultValue={initial}
        placeholder={placeholder}
        autoFocus={autoFocus}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-describedby={errorId === null ? `${id}-hint` : `${errorId} ${id}-hint`}
        aria-invalid={errorId === null ? undefined : true}
        className="mt-1 block min-h-11 w-full rounded-lg border border-control bg-surface px-3 font-mono text-base placeholder:text-soft aria-invalid:border-refused sm:text-[0.9375rem]"
      />
      <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
        {hint}
      </p>
    </div>
  );
}
