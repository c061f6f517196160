import { describe, expect, test } from "vitest";
import { readBeginning, readBody } from "./body.ts";
import { fileField, readForm, textField } from "./form.ts";
import { readFile } from "./sent-file.ts";

const post = (body: BodyInit, headers: Record<string, string> = {}) => new Request("http://localhost/submit", { method: "POST", body, headers });
const withFile = (octets: Uint8Array<ArrayBuffer>) => {
  const form = new FormData();
  form.set("input", "typed before");
  form.set("sendingIp", "192.0.2.7");
  form.set("file", new File([octets], "bounce.eml"));
  return form;
};

describe("a form with a file", () => {
  test("is read whole", async () => {
    const form = await readForm(post(withFile(new TextEncoder().encode("550 5.7.26 no"))));
    expect(form.ok && [textField(form.fields, "input"), new TextDecoder().decode((await fileField(form.fields, "file")) ?? undefined), form.cut]).toEqual(["typed before", "550 5.7.26 no", false]);
  });

  test("longer than what is read: the fields are whole, the file begins", async () => {
    const form = await readForm(post(withFile(new Uint8Array(8 * 1024 * 1024).fill(65))));
    if (!form.ok) throw new Error("refused");
    const file = await fileField(form.fields, "file");
    expect([textField(form.fields, "input"), textField(form.fields, "sendingIp"), form.cut]).toEqual(["typed before", "192.0.2.7", true]);
    expect(file?.length).toBeGreaterThan(4 * 1024 * 1024);
    expect(file?.every((octet) => octet === 65)).toBe(true);
  });

  test("no file chosen is none", async () => {
    const form = await readForm(post(withFile(new Uint8Array())));
    expect(form.ok && (await fileField(form.fields, "file"))).toBeNull();
  });

  test.each<[string, BodyInit, Record<string, string>, number]>([
    ["another type", "{}", { "content-type": "application/json" }, 415],
    ["a boundary that never comes", "no parts", { "content-type": "multipart/form-data; boundary=x" }, 400],
    ["another site's", "input=a", { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site" }, 403],
    ["2 MiB and more, without a file", `input=${"a".repeat(2 * 1024 * 1024)}`, { "content-type": "application/x-www-form-urlencoded" }, 413],
  ])("%s is refused", async (_what, body, headers, status) => {
    const form = await readForm(post(body, headers));
    expect(form.ok ? 0 : form.response.status).toBe(status);
  });
});

describe("how far a body is read", () => {
  test.each([[10, 10, { ok: true, cut: false, length: 10 }], [4, 10, { ok: true, cut: true, length: 4 }], [4, 9, { ok: false }]])("10 octets, of which %i are kept and %i heard", async (kept, heard, expected) => {
    const body = await readBeginning(post(new Uint8Array(10)), kept, heard);
    expect(body.ok ? { ok: true, cut: body.cut, length: body.octets.length } : { ok: false }).toEqual(expected);
  });
  test("a body over its bound is too large", async () => expect(await readBody(post(new Uint8Array(10)), 9)).toEqual({ ok: false, reason: "too-large" }));
});

describe("sent files", () => {
  const compound = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 1, 2, 3]);
  test("text", () => expect(readFile(new TextEncoder().encode("550 no"), false)).toEqual({ ok: true, text: "550 no", cut: false }));
  test("a picture", () => expect(readFile(Uint8Array.from([0x89, 0, 0]), false)).toMatchObject({ ok: false, error: { code: "file-unreadable" } }));
  test("a broken message of Outlook", () => expect(readFile(compound, false)).toMatchObject({ ok: false, error: { code: "file-unreadable" } }));
  test("the beginning of one", () => expect(readFile(compound, true)).toMatchObject({ ok: false, error: { code: "too-large" } }));
});
