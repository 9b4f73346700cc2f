import type { Bbox } from '../../api';

export interface Check {
  id: string;
  kind: string;
  title: string;
  layers: string[];
  state: string;
  count: number | null;
  checked: string | null;
  revision: number | null;
  problem?: string | null;
}
/** A kind of check, as the server offers it: which layers it asks for, and of which dimension (-1 for any). */
export interface CheckKind {
  kind: string;
  title: string;
  question?: string;
  roles: { title: string; dimension: number; optional: boolean }[];
  options: Record<string, number>;
}
export interface Case {
  n: number;
  text: string;
  lon: number | null;
  lat: number | null;
  bbox: Bbox | null;
  features: { layer: string; feature: string | number }[];
  measure: number | null;
}
