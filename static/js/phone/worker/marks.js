/* What tells our answers from those of a hotel's portal: a word made of what is said and the link's path
   (planner/web/links/marks.py). */
const HEADER = "Visit-Link";

/* The first half of a SHA-256, as the service writes it. */
export async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Whether an answer is ours and says "open" or "closed" of the link at a path. */
export async function says(answer, said, path) {
  const word = await hashOf(new TextEncoder().encode(`${said} ${path}`));
  return answer.headers.get(HEADER) === `${said} ${word}`;
}
