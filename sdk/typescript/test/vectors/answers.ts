import { type Answer, answerCode } from "../../src/answers.js";

const file = (bytes: string, name = "cat.png") => ({ file: { name, type: "image/png", bytes } });

/** Answers that count as one stand in one list. */
const same: readonly (readonly Answer[])[] = [
  [{ text: "Paris" }, { text: "paris." }, { text: "  PARIS \t\r\n?!" }],
  [{ text: "new york" }, { text: "New  York" }, { text: "new\nyork" }],
  [{ text: "Köln" }, { text: "KÖLN" }],
  [{ text: "ΣΙΓΜΑΣ" }, { text: "σιγμασ" }],
  [{ text: "\u0130" }],
  [{ text: "𐐀" }, { text: "𐐨" }],
  [{ text: "3.5" }, { text: "3.5." }],
  [{ url: "https://example.org" }, { url: "HTTPS://Example.org:443/" }, { url: "https://example.org/#top" }],
  [{ url: "http://example.org?q=1" }, { url: "http://example.org:80/?q=1#x" }],
  [{ url: "https://example.org/A?b=C" }],
  [
    { json: { b: [1, 2.0, { z: null, a: true }], a: "\u20ac\n\u0001\"" } },
    { json: { a: "€\n\u0001\"", b: [1, 2, { a: true, z: null }] } },
  ],
  [{ json: 1e21 }], [{ json: 1e-7 }], [{ json: 0.0000015 }], [{ json: 123456789012345680000 }], [{ json: 5e-324 }],
  [{ json: -0 }, { json: 0 }], [{ json: 1.7976931348623157e308 }], [{ json: 0.1 }], [{ json: -1234.5678 }],
  [{ json: [] }], [{ json: {} }], [{ json: "text" }],
  [file("AAEC"), file("AAEC", "dog.png")],
  [file("")],
];

/** JSON that is no answer. */
const none: readonly string[] = [
  "", "[]", "{}", '{"text":""}', '{"text":" .,"}', '{"text":1}', '{"text":"a","url":"https://a.org"}', '{"words":"a"}',
  '{"url":"ftp://example.org"}', '{"url":"example.org"}', '{"url":"https://user@example.org"}', '{"url":"https://exa mple.org"}',
  '{"url":"https://"}', '{"url":"https://é.org"}', '{"json":{"a":1,"a":2}}', '{"json":1e999}', '{"file":{"name":"a"}}',
  '{"file":{"name":"","type":"","bytes":""}}', '{"file":{"name":"a","type":"","bytes":"*"}}', '{"text":"a"} x',
];

/** spec/vectors/answers.json. */
export function makeAnswers(): string {
  const answers = same.map((group) => ({ code: answerCode(group[0]!), answers: group.map((answer) => JSON.stringify(answer)) }));
  return `${JSON.stringify({ answers, none }, null, 1)}\n`;
}
