import type { Sheet } from '../map/style';
import type { TaskMap } from './api';

/** What a task is, or that somebody holds it. */
export const TASK_STATUSES = ['READY', 'LOCKED_FOR_MAPPING', 'MAPPED', 'LOCKED_FOR_VALIDATION', 'VALIDATED', 'INVALIDATED', 'BADIMAGERY'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];
export const isLocked = (status: TaskStatus): boolean => status === 'LOCKED_FOR_MAPPING' || status === 'LOCKED_FOR_VALIDATION';

/** Okabe and Ito's colours, told apart by everyone; the letter on the map and the hatch say the same without colour. */
export const TASK_COLORS: Record<TaskStatus, string> = {
  READY: '#9b8f94',
  LOCKED_FOR_MAPPING: '#cc79a7',
  MAPPED: '#56b4e9',
  LOCKED_FOR_VALIDATION: '#cc79a7',
  VALIDATED: '#009e73',
  INVALIDATED: '#e69f00',
  BADIMAGERY: '#6b6167',
};

const HATCHED: TaskStatus[] = ['LOCKED_FOR_MAPPING', 'LOCKED_FOR_VALIDATION', 'BADIMAGERY'];

/** A colour for each status, as MapLibre's expression. */
const colorOf = ['match', ['get', 'taskStatus'], ...Object.entries(TASK_COLORS).flat(), '#9b8f94'] as unknown as string;

export interface TaskSheet {
  tasks: TaskMap;
  /** The letter of each status, as the reader's language has it. */
  letter: (status: TaskStatus) => string;
  /** Numbers of the tasks that are chosen, and of those that the reader holds. */
  chosen?: ReadonlySet<number>;
  mine?: ReadonlySet<number>;
  /** Where work is wanted first, and the edge of all of it. */
  priority?: GeoJSON.Geometry | null;
  area?: GeoJSON.Geometry | null;
  dark: boolean;
}

/** The tasks over the city's map: by colour, hatch and letter; one's own and the chosen by their edge. */
export function taskSheet({ tasks, letter, chosen = new Set(), mine = new Set(), priority = null, area = null, dark }: TaskSheet): Sheet {
  const ink = dark ? '#ffffff' : '#1f1b1d';
  const halo = dark ? '#0d0b0e' : '#ffffff';
  const shown: GeoJSON.FeatureCollection = {
    type: 'FeatureCollection',
    features: tasks.features.map((one) => ({ ...one, properties: { ...one.properties, letter: letter(one.properties.taskStatus), chosen: chosen.has(one.properties.taskId), mine: mine.has(one.properties.taskId) } })),
  };
  const shapes = (geometry: GeoJSON.Geometry | null): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features: geometry ? [{ type: 'Feature', properties: {}, geometry }] : [] });
  const layers = [
    { id: 'tasks/fill', type: 'fill', source: 'tasks', paint: { 'fill-color': colorOf, 'fill-opacity': ['match', ['get', 'taskStatus'], 'READY', 0.12, 0.45] } },
    ...HATCHED.map((status) => ({ id: `tasks/hatch-${status}`, type: 'fill', source: 'tasks', filter: ['==', ['get', 'taskStatus'], status], paint: { 'fill-pattern': `hatch:${ink}`, 'fill-opacity': 0.55 } })),
    { id: 'tasks/edge', type: 'line', source: 'tasks', paint: { 'line-color': ink, 'line-width': 1, 'line-opacity': 0.55 } },
    { id: 'area/edge', type: 'line', source: 'area', paint: { 'line-color': ink, 'line-width': 2.5, 'line-dasharray': [3, 2] } },
    { id: 'priority/edge', type: 'line', source: 'priority', paint: { 'line-color': '#d55e00', 'line-width': 3, 'line-dasharray': [1, 1] } },
    { id: 'tasks/mine', type: 'line', source: 'tasks', filter: ['get', 'mine'], paint: { 'line-color': '#cc79a7', 'line-width': 5 } },
    { id: 'tasks/chosen-halo', type: 'line', source: 'tasks', filter: ['get', 'chosen'], paint: { 'line-color': halo, 'line-width': 6 } },
    { id: 'tasks/chosen', type: 'line', source: 'tasks', filter: ['get', 'chosen'], paint: { 'line-color': ink, 'line-width': 3.5 } },
    {
      id: 'tasks/letter', type: 'symbol', source: 'tasks', minzoom: 12,
      layout: { 'text-field': ['get', 'letter'], 'text-font': ['Alegreya Map Bold'], 'text-size': ['interpolate', ['linear'], ['zoom'], 12, 10, 17, 20], 'text-allow-overlap': true },
      paint: { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.6 },
    },
  ];
  return {
    sources: { tasks: { type: 'geojson', data: shown }, priority: { type: 'geojson', data: shapes(priority) }, area: { type: 'geojson', data: shapes(area) } },
    layers: layers as unknown as Sheet['layers'],
  };
}
