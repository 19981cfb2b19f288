/** Has the browser save a file; nothing of it stays in the page. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  // Only the next turn of the loop begins to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
