// Processes as the contract of the real server says them: a job moves on by a third each time it is asked for, so that a
// test sees it wait, run and end without a clock.
const STATES = ['accepted', 'running', 'running', 'successful'];

export class Processes {
  constructor(state) {
    this.state = state;
    this.jobs = new Map();
  }

  async answer(request, response, path, { json, problem }) {
    let m;
    if (request.method === 'POST' && (m = path.match(/^\/ogc\/processes\/(download|tile-archive)\/execution$/))) {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (this.state.scenario === 'busy-jobs') return problem(429, 'Demasiados trabajos', 'Hay demasiados trabajos en espera; intente de nuevo cuando termine alguno.');
      const job = { id: `job-${this.jobs.size + 1}`, process: m[1], inputs: JSON.parse(body).inputs, cookie: request.headers.cookie ?? null, turns: 0 };
      this.jobs.set(job.id, job);
      return json(this.status(job), 201);
    }
    if ((m = path.match(/^\/ogc\/jobs\/([\w-]+)(\/results\/file)?$/))) {
      const job = this.jobs.get(m[1]);
      if (!job) return problem(404, 'No existe', `No existe el trabajo ${m[1]}.`);
      if (m[2]) {
        response.writeHead(200, { 'content-type': 'application/vnd.pmtiles', 'content-disposition': 'attachment; filename="map.pmtiles"' });
        return response.end('PMTiles');
      }
      if (request.method === 'DELETE') {
        this.jobs.delete(job.id);
        return json({ ...this.status(job), status: 'dismissed' });
      }
      job.turns = Math.min(job.turns + (this.state.scenario === 'stuck-jobs' ? 0 : 1), STATES.length - 1);
      return json(this.status(job));
    }
    return problem(404, 'No existe', path);
  }

  status({ id, process, turns }) {
    const failed = this.state.scenario === 'failing-jobs' && turns > 0;
    const status = failed ? 'failed' : STATES[turns];
    return { processID: process, type: 'process', jobID: id, status, message: failed ? 'el servidor no pudo guardar el resultado, quizá por falta de espacio' : '', progress: [0, 33, 66, 100][turns], ...(status === 'successful' ? { bytes: 3_400_000, expires: '2026-11-27T10:00:00Z' } : {}), created: '2026-11-26T10:00:00Z', updated: '2026-11-26T10:00:00Z', links: [] };
  }
}
