/** Words without what stands around them. */

/** “Zosin,” → Zosin; what is nothing but signs stays as it is. */
export function bareWords(text: string): string {
  const trimmed = text.trim();
  return trimmed.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || trimmed;
}
