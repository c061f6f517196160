/** Whether mailbox names stay in the reply that the report shows. Off unless somebody asks. */

export function KeepAddresses({ words, initial }: { words: { readonly label: string; readonly hint: string }; initial: boolean }) {
  return (
    <div className="sm:col-span-2">
      <label className="flex min-h-11 items-center gap-3 text-sm font-medium">
        <input type="checkbox" name="keepAddresses" value="1" defaultChecked={initial} aria-describedby="keep-hint" className="size-5 shrink-0 accent-accent" />
        {words.label}
      </label>
      <p id="keep-hint" className="text-sm text-soft">
        {words.hint}
      </p>
    </div>
  );
}
