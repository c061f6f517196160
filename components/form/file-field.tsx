/** The bounce as a file. With scripts it is read into the field, so that it can be looked through; without, it is sent with the form. */

import type { FormWords } from "./words.ts";

interface FileFieldProps {
  words: FormWords["file"];
  /** What came of the last file, or that one is held over the page. */
  said: string;
  onFile: (file: File) => void;
}

export function FileField({ words, said, onFile }: FileFieldProps) {
  return (
    <div className="mt-4">
      <label htmlFor="file" className="block text-sm font-medium">
        {words.label}
      </label>
      <input
        id="file"
        name="file"
        type="file"
        accept=".eml,.msg,.txt,.log,message/rfc822,application/vnd.ms-outlook,text/plain"
        aria-describedby="file-hint"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
          // What is in the field is what is sent; and the same file can be chosen again.
          currentTarget.value = "";
        }}
        // With scripts nothing stays chosen, so the browser's own word for that is not shown.
        className="mt-1 block min-h-11 w-full max-w-full rounded-lg text-sm text-soft [@media(scripting:enabled)]:text-transparent file:mr-3 file:min-h-11 file:cursor-pointer file:rounded-lg file:border file:border-solid file:border-line file:bg-surface file:px-4 file:font-medium file:text-ink hover:file:border-accent hover:file:text-accent"
      />
      <p id="file-hint" className="mt-1 text-sm text-soft">
        {words.hint}
      </p>
      <p role="status" className={`text-sm font-medium wrap-anywhere text-accent ${said === "" ? "" : "mt-1"}`}>
        {said}
      </p>
    </div>
  );
}
