/** Text that is typed or copied, e.g. a record: it may wrap between its terms, and inside one only when the term alone is wider than the line. */

export function Terms({ text }: { text: string }) {
  return text.split(/( +)/).map((piece, index) =>
    piece === "" || piece.startsWith(" ") ? (
      piece
    ) : (
      // A place in the text is all that tells two equal terms apart, and the text never changes in place.
      <span key={index} className="token">
        {piece}
      </span>
    ),
  );
}
