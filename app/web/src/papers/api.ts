import { reach } from '../api';

/** What everyone may know of a paper who has its code, as the server's OpenAPI document has it. */
export interface Paper {
  code: string;
  folio: string;
  kind: 'response' | 'certificate' | 'grant' | 'refusal' | 'receipt' | 'silence';
  kindTitle: string;
  title: string;
  procedure: string;
  procedureName: string;
  office: { id: string; name: string };
  city: string;
  issued: string;
  day: string;
  until: string | null;
  status: 'in-force' | 'expired' | 'revoked';
  revoked: { at: string; reason: string } | null;
  toBeConfirmed: boolean;
  signer: { name: string; fingerprint: string; demo: boolean };
  sha256: string;
  bytes: number;
  /** True where whoever has the code may read it whole. */
  open: boolean;
}
export interface Finding {
  finding: 'genuine' | 'altered' | 'not-ours';
  says: string;
  sha256: string;
  paper: Paper | null;
}

export const MOST_BYTES = 20 * 2 ** 20;

export const pdfOf = (paper: Paper): string => `/api/results/${encodeURIComponent(paper.code)}/pdf`;

export async function verifyCode(code: string, lang: string): Promise<Paper> {
  return (await reach(`/api/verify/${encodeURIComponent(code)}?lang=${lang}`, { headers: { accept: 'application/json' } })).json() as Promise<Paper>;
}

/** @param mark the session's token against forgery, as a header */
export async function verifyFile(file: Blob, lang: string, mark: Record<string, string>): Promise<Finding> {
  const response = await reach(`/api/verify?lang=${lang}`, { method: 'POST', headers: { accept: 'application/json', ...mark, 'content-type': 'application/pdf' }, body: file });
  return response.json() as Promise<Finding>;
}
