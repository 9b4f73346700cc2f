import type { Bbox } from '../../api';
import type { Project, TaskMap } from '../api';
import { isLocked } from '../task-colors';

type TaskFeature = TaskMap['features'][number];

const ringsOf = (geometry: GeoJSON.MultiPolygon | GeoJSON.Polygon): GeoJSON.Position[][][] => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);

/** West, south, east, north of tasks; null where there is none. */
export function boxOf(features: readonly TaskFeature[]): Bbox | null {
  let box: Bbox | null = null;
  for (const one of features) {
    for (const polygon of ringsOf(one.geometry)) {
      for (const [lon, lat] of (polygon[0] ?? []) as [number, number][]) {
        box = box ? [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)] : [lon, lat, lon, lat];
      }
    }
  }
  return box;
}

/** Whether the middle of a task's box lies in an area. */
export function isIn(area: GeoJSON.MultiPolygon | GeoJSON.Polygon, task: TaskFeature): boolean {
  const box = boxOf([task]);
  if (!box) return false;
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  let odd = false;
  for (const ring of ringsOf(area).flat()) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi, xj, yj] = [ring[i]![0]!, ring[i]![1]!, ring[j]![0]!, ring[j]![1]!];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

/** What one might do with a task. */
export type Work = 'map' | 'validate';

/** Whether a task waits for it: nobody holds it, and nobody judges what they mapped. */
export function isWaiting({ properties: { taskStatus, mappedBy } }: TaskFeature, work: Work, me: string | null): boolean {
  if (isLocked(taskStatus)) return false;
  return work === 'map' ? taskStatus === 'READY' || taskStatus === 'INVALIDATED' : (taskStatus === 'MAPPED' || taskStatus === 'BADIMAGERY') && (mappedBy === null || mappedBy !== me);
}

/**
 * A task that waits, by chance, out of those where work is wanted first; null where none waits.
 *
 * @param chance from 0 to below 1
 */
export function anyTask(tasks: TaskMap, priority: Project['priorityAreas'], work: Work, me: string | null, chance: number): number | null {
  const waiting = tasks.features.filter((one) => isWaiting(one, work, me));
  const first = priority ? waiting.filter((one) => isIn(priority, one)) : [];
  const among = first.length ? first : waiting;
  return among[Math.floor(chance * among.length)]?.properties.taskId ?? null;
}

/** Where JOSM's remote control answers. */
const JOSM = 'http://127.0.0.1:8111';

/** What JOSM is asked for some tasks: to load the area and to show where it ends. Longitude and latitude in degrees. */
export function josmCommands(origin: string, project: Project, tasks: readonly number[], box: Bbox, source: string): string[] {
  const ask = (command: string, parameters: Record<string, string>) => `${JOSM}/${command}?${new URLSearchParams(parameters)}`;
  const [left, bottom, right, top] = box.map((one) => one.toFixed(7)) as [string, string, string, string];
  const name = `#${project.projectId}: ${tasks.join(', ')}`;
  const edge = `${origin}/api/v2/projects/${project.projectId}/tasks/queries/xml/?${new URLSearchParams({ tasks: tasks.join(',') })}`;
  return [
    ask('load_and_zoom', { left, bottom, right, top, new_layer: 'true', layer_name: name, changeset_comment: project.changesetComment, ...(source ? { changeset_source: source } : {}) }),
    ask('import', { new_layer: 'true', layer_name: `${name} ◱`, layer_locked: 'true', download_policy: 'never', upload_policy: 'never', url: edge }),
  ];
}

/** Asks JOSM; false where it does not answer, or does not do it. */
export async function tellJosm(commands: readonly string[]): Promise<boolean> {
  try {
    for (const one of commands) {
      const response = await fetch(one, { signal: AbortSignal.timeout(10_000) });
      if (!response.ok) return false;
    }
    return true;
  } catch (unreachable) {
    if (unreachable instanceof TypeError || unreachable instanceof DOMException) return false;
    throw unreachable;
  }
}
