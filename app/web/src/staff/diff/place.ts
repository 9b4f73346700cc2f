/** Where the changes of one layer are asked for, as rows and as shapes. */
export interface DiffPlace {
  rows: string;
  shapes: string;
  parameters: Record<string, string | number | null>;
}
