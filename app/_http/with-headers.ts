/** Of a request what says most about it: Next's own, a handler's, or Node's before either. */
export interface WithHeaders {
  readonly headers: Pick<Headers, "get">;
}
