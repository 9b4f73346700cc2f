#!/usr/bin/python3
"""What bench/tiles.sh measures: tiles.py RUNS [SECTION...]. Sides run in turn within each run; a table row is the median
over the runs with the smallest and largest. CPU is user + system time of the server's processes over the requests made.
PostgreSQL is asked over its own binary protocol (COPY ... FORMAT binary), so that it pays for no HTTP and no encoding;
where gzip is on, its tiles are compressed with zlib at level 1 in this program, and that CPU counts as its own."""
import http.client, json, os, statistics, struct, subprocess, sys, threading, time, zlib
import psycopg2

env = os.environ
RUNS, SECTIONS = int(sys.argv[1]), sys.argv[2:]
OURS, NGINX, WORK, DATA = int(env['OURS']), int(env['NGINX']), env['WORK'], env['DATA']
EVERY, WARM = int(env.get('EVERY', '1')), int(env.get('WARM', '14'))
TILES = [tuple(map(int, line.split('/'))) for line in open(DATA + '/tiles.txt')]
HIGH = [t for t in TILES if t[0] >= 13][::EVERY]
LOW = [t for t in TILES if t[0] < 13]
BOXES = [line.split() for line in open(DATA + '/bboxes.txt')][::EVERY]
CLICKS = [line.strip().split(',') for line in open(DATA + '/points.csv')][:4000:EVERY]
FEW = 'clave, alcaldia, uso, colonia, niveles, sup_m2'
ALL = 'clave, alcaldia, colonia, uso, niveles, sup_m2, valor, anio'
AREAS = {'zoning': 'zona', 'ageb': 'cvegeo', 'colonias': 'nombre', 'alcaldias': 'nombre', 'sismica': 'zona', 'flood': 'fid_src',
         'landslide': 'fid_src', 'heritage': 'clave', 'anp': 'clave', 'parcels': 'clave'}


def ticks(pids):
    """CPU seconds of each process."""
    spent = {}
    for pid in pids:
        try:
            fields = open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()
            spent[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')
        except (FileNotFoundError, ProcessLookupError):
            pass
    return spent


def since(before, now):
    """Of processes that are still there; one that is new counts whole."""
    return sum(seconds - before.get(pid, 0) for pid, seconds in now.items())


def children(pid):
    found = [pid]
    for entry in filter(str.isdigit, os.listdir('/proc')):
        try:
            if int(open(f'/proc/{entry}/stat').read().rsplit(')', 1)[1].split()[1]) == pid:
                found.append(int(entry))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


class Web:
    """One keep-alive connection."""
    def __init__(self, port, gzip=False):
        self.http = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
        self.headers = {'Accept-Encoding': 'gzip'} if gzip else {}
        self.status = 0

    def get(self, path):
        self.http.request('GET', path, headers=self.headers)
        reply = self.http.getresponse()
        self.status, self.retry = reply.status, reply.getheader('Retry-After')
        return reply.read()


class Server:
    """Ours, with a configuration."""
    def __init__(self, config, options='-Xmx1g'):
        with open(env['CITY'] + '/tequio.yaml', 'w') as out:
            out.write(config)
        self.process = subprocess.Popen([env['TEQUIO'], 'serve', env['CITY'], '--port', str(OURS)], stdout=subprocess.DEVNULL,
                                        env=dict(env, TEQUIO_JAVA_OPTIONS=options))
        self.pids = [self.process.pid]
        for _ in range(600):
            time.sleep(0.1)
            try:
                layers = json.loads(Web(OURS).get('/api/layers'))
                break
            except (ConnectionError, ValueError):
                continue
        self.layers = {layer['id']: layer for layer in (layers if isinstance(layers, list) else layers['layers'])}
        self.parcels = max(self.layers.values(), key=lambda layer: layer['count'])['id']
        # The layers come into memory in the background; measure what a server does that has been up for a while.
        last = {}
        while since(last, ticks(self.pids)) > 0.15:
            last = ticks(self.pids)
            time.sleep(2)

    def rss(self):
        return next(int(l.split()[1]) / 1024 for l in open(f'/proc/{self.process.pid}/status') if l.startswith('VmHWM'))

    def close(self):
        self.process.terminate()
        self.process.wait()
        os.remove(env['CITY'] + '/tequio.yaml')


def of_ours(server, gzip):
    def client():
        web = Web(OURS, gzip)
        def fetch(tile):
            return web.get('/tiles/%s/%d/%d/%d' % (server.parcels, *tile))
        return fetch
    return client


def of_postgis(table, gzip):
    def client():
        cursor = psycopg2.connect(host='127.0.0.1').cursor()
        place = 'p.geom' if table == 'parcels_3857' else 'ST_Transform(p.geom, 3857)'
        def fetch(tile):
            z, x, y = tile
            box = f'ST_TileEnvelope({z}, {x}, {y})'
            wide = f'ST_TileEnvelope({z}, {x}, {y}, margin => 64.0 / 4096)'
            inside = wide if table == 'parcels_3857' else f'ST_Transform({wide}, 32614)'
            sql = (f"COPY (SELECT ST_AsMVT(q, 'parcels', 4096, 'geom', 'fid') FROM (SELECT p.fid, {ALL if z >= 14 else FEW},"
                   f" ST_AsMVTGeom({place}, {box}, 4096, 64, true) AS geom FROM {table} p WHERE p.geom && {inside}) q)"
                   " TO STDOUT (FORMAT binary)")
            pieces = Pieces()
            cursor.copy_expert(sql, pieces)
            whole = b''.join(pieces.all)
            body = whole[25:25 + struct.unpack('>i', whole[21:25])[0]]
            return zlib.compress(body, 1) if gzip else body
        return fetch
    return client


class Pieces:
    def __init__(self):
        self.all = []

    def write(self, piece):
        self.all.append(bytes(piece))


def of_mapserver(gzip):
    def client():
        web = Web(NGINX)
        def fetch(tile):
            layer = 'parcels' if tile[0] >= 14 else 'parcels_few'
            body = web.get('/ms?mode=tile&tilemode=gmap&tile=%d+%d+%d&layers=%s&map.imagetype=mvt' % (tile[1], tile[2], tile[0], layer))
            return zlib.compress(body, 1) if gzip else body
        return fetch
    return client


def measure(client, requests, clients, pids):
    """Each request once, by so many clients; milliseconds, bytes, CPU seconds, requests a second."""
    times, sizes, errors, lock, todo, own = [], [], [], threading.Lock(), iter(requests), []
    def work():
        fetch = client()
        own.append(fetch)  # a connection that ends takes its process, and what that spent, with it
        for request in iter(lambda: next_of(todo, lock), None):
            before = time.perf_counter()
            try:
                size = len(fetch(request))
            except Exception as e:  # a failed request is a result
                errors.append(str(e)); continue
            took = time.perf_counter() - before
            with lock:
                times.append(took * 1000); sizes.append(size)
    start, cpu = time.perf_counter(), ticks(pids())
    threads = [threading.Thread(target=work) for _ in range(clients)]
    [t.start() for t in threads]; [t.join() for t in threads]
    wall = time.perf_counter() - start
    spent = since(cpu, ticks(pids()))
    own.clear()
    times.sort()
    if errors:
        print('  errors:', len(errors), errors[0], file=sys.stderr)
    n = max(1, len(times))
    return dict(p50=times[n // 2], p99=times[min(n - 1, n * 99 // 100)], rate=n / wall, cpu=spent * 1000 / n,
                mb=sum(sizes) / 1e6, largest=max(sizes) / 1000, n=n)


def next_of(todo, lock):
    with lock:
        return next(todo, None)


def in_turn(title, sides, requests, clients, keys):
    """Every side once in each run; prints medians."""
    print(f'\n### {title}\n{len(requests)} requests, {clients} clients, {RUNS} runs, load before {open("/proc/loadavg").read().split()[0]}\n')
    for name, (client, pids) in sides.items():  # page caches are warm, and Java's compiler has done its work, as after an hour's use
        for _ in range(WARM if name.startswith('ours') else 1):
            measure(client, requests, clients, pids)
    results = {name: [] for name in sides}
    for run in range(RUNS):
        for name, (client, pids) in sides.items():
            results[name].append(measure(client, requests, clients, pids))
    print('| side | ' + ' | '.join(keys) + ' | MB | largest kB |\n|---|' + '---|' * (len(keys) + 2))
    for name, all_runs in results.items():
        cells = []
        for key in keys:
            values = [r[key] for r in all_runs]
            cells.append(f'{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})')
        print(f'| {name} | ' + ' | '.join(cells) + f' | {all_runs[-1]["mb"]:.1f} | {all_runs[-1]["largest"]:.0f} |', flush=True)
    return results


def postgres_pids():
    return children(int(open(WORK + '/pg/postmaster.pid').readline()))


def mapserver_pids():
    return [int(pid) for pid in subprocess.run(['pgrep', '-x', 'mapserv'], capture_output=True, text=True).stdout.split()]


def wanted(section):
    return not SECTIONS or section in SECTIONS


def tiles():
    server = Server('tiles:\n  max-bytes: 100000000\n  cache-mib: 0\n')
    ours = lambda: server.pids
    if wanted('tiles'):
        in_turn('Tiles z13–16, uncompressed, nothing cached, no tile cut to a size', {
            'ours': (of_ours(server, False), ours),
            'PostGIS ST_AsMVT': (of_postgis('parcels', False), postgres_pids),
            'PostGIS, geometry stored in 3857': (of_postgis('parcels_3857', False), postgres_pids),
            'MapServer shp+qix': (of_mapserver(False), mapserver_pids)}, HIGH, 1, ['cpu', 'p50', 'p99', 'rate'])
    if wanted('gzip'):
        in_turn('The same, gzip level 1', {
            'ours': (of_ours(server, True), ours),
            'PostGIS ST_AsMVT + zlib': (of_postgis('parcels', True), postgres_pids),
            'PostGIS, geometry stored in 3857 + zlib': (of_postgis('parcels_3857', True), postgres_pids)}, HIGH, 4, ['rate', 'cpu', 'p50', 'p99'])
    print('ours, peak RSS MiB:', round(server.rss()))
    server.close()


def low():
    server = Server('')
    in_turn('Tiles z10–12 as they are served, gzip, made before anybody asks', {'ours': (of_ours(server, True), lambda: server.pids)}, LOW * 6, 4,
            ['p50', 'p99', 'rate', 'cpu'])
    print('ours, peak RSS MiB:', round(server.rss()))
    server.close()
    server = Server('tiles:\n  cache-mib: 0\n')
    in_turn('Tiles z10–12 as they are served, gzip, nothing cached', {'ours': (of_ours(server, True), lambda: server.pids)}, LOW * 6, 4,
            ['p50', 'p99', 'rate', 'cpu'])
    in_turn('Tiles z13–16 as they are served, gzip, nothing cached', {'ours': (of_ours(server, True), lambda: server.pids)}, HIGH, 4,
            ['p50', 'p99', 'rate', 'cpu'])
    print('ours, peak RSS MiB:', round(server.rss()))
    server.close()


def wrk(url, *more):
    out = subprocess.run(['wrk', '-t1', '-c4', '-d5s', *more, url], capture_output=True, text=True).stdout
    return float(next(line.split()[1] for line in out.splitlines() if line.startswith('Requests/sec')))


def hit():
    server = Server('')
    best = None
    web = Web(OURS, True)
    for tile in [t for t in TILES if t[0] == 16] + HIGH:
        path = '/tiles/%s/%d/%d/%d' % (server.parcels, *tile)
        size = len(web.get(path))
        if best is None or abs(size - 20_000) < abs(best[1] - 20_000):
            best = path, size
    open(WORK + '/static/tile.pbf', 'wb').write(b'x' * best[1])
    print(f'\n### A cached tile of {best[1]} bytes, wrk with 4 connections for 5 s, load before {open("/proc/loadavg").read().split()[0]}\n')
    ours, nginx = [], []
    for _ in range(4):
        wrk(f'http://127.0.0.1:{OURS}{best[0]}', '-H', 'Accept-Encoding: gzip')
    for run in range(RUNS):
        ours.append(wrk(f'http://127.0.0.1:{OURS}{best[0]}', '-H', 'Accept-Encoding: gzip'))
        nginx.append(wrk(f'http://127.0.0.1:{NGINX}/static/tile.pbf'))
    print('| side | requests/s |\n|---|---|')
    for name, rates in (('ours', ours), ('nginx, static file', nginx)):
        print(f'| {name} | {statistics.median(rates):.0f} ({min(rates):.0f}–{max(rates):.0f}) |')
    server.close()


def features():
    server = Server('')
    base = f'/ogc/collections/{server.parcels}/items?f=json&limit='
    def web(path_of, port):
        def client():
            connection = Web(port)
            return lambda request: connection.get(path_of(request))
        return client
    def sql(sql_of):
        def client():
            cursor = psycopg2.connect(host='127.0.0.1').cursor()
            def fetch(request):
                cursor.execute(sql_of(request))
                return ''.join(row[0] for row in cursor.fetchall())
            return fetch
        return client
    columns = f'fid, {ALL}, ST_Transform(geom, 4326) AS geom'
    ours, none = lambda: server.pids, lambda: mapserver_pids()
    in_turn('GeoJSON of a box', {
        'ours, OGC API over HTTP': (web(lambda b: base + '10000&bbox=' + b[1], OURS), ours),
        'PostGIS ST_AsGeoJSON, no HTTP': (sql(lambda b: f"SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg("
            f"ST_AsGeoJSON(t.*, 'geom', 7)::json), '[]'))::text FROM (SELECT {columns} FROM parcels WHERE geom && ST_MakeEnvelope({b[0]}, 32614)) t"), postgres_pids),
        'MapServer WFS': (web(lambda b: '/ms?service=WFS&version=1.1.0&request=GetFeature&typename=parcels&outputformat=geojson&srsname=EPSG:4326&bbox='
            + b[0] + ',EPSG:32614', NGINX), none)}, BOXES, 1, ['p50', 'p99', 'rate', 'cpu'])
    starts = [1 + i * 2003 for i in range(0, 500, EVERY)]
    in_turn('GeoJSON pages of 1000', {
        'ours, OGC API over HTTP': (web(lambda fid: base + f'1000&after={fid}', OURS), ours),
        'PostGIS ST_AsGeoJSON, no HTTP': (sql(lambda fid: f"SELECT ST_AsGeoJSON(t.*, 'geom', 7) FROM (SELECT {columns} FROM parcels"
            f" WHERE fid > {fid} ORDER BY fid LIMIT 1000) t"), postgres_pids)}, starts, 1, ['p50', 'p99', 'rate', 'cpu'])
    print('ours, peak RSS MiB:', round(server.rss()))
    server.close()


def in_process():
    """Ours without HTTP: one process, RUNS times through the points after three times to warm up."""
    home = os.path.dirname(os.path.realpath(env['TEQUIO']))
    parts = home + '/app/server/target/'
    out = subprocess.run([env.get('JAVA_HOME', '/usr') + '/bin/java', '--enable-native-access=ALL-UNNAMED', '-XX:+UseSerialGC', '-Xmx1g', '-cp',
                          parts + 'classes:' + parts + 'lib/*', home + '/bench/PointBench.java', env['CITY'], DATA + '/points.csv', str(RUNS)],
                         capture_output=True, text=True, check=True).stdout
    runs = [[float(cell) for cell in line.split()] for line in out.splitlines()]
    print(f'\n### Which of ten layers hold this point, in process\n4000 points, one thread, {RUNS} runs; {runs[0][2]:.0f} features found\n')
    print('| side | p50 ms | p99 ms |\n|---|---|---|')
    cells = [[run[k] / 1000 for run in runs] for k in (0, 1)]
    print('| ours, one value, no HTTP | ' + ' | '.join(f'{statistics.median(c):.3f} ({min(c):.3f}–{max(c):.3f})' for c in cells) + ' |', flush=True)


def point():
    in_process()
    server = Server('')
    def ours_client():
        web = Web(OURS)
        return lambda c: web.get(f'/api/place?lon={c[2]}&lat={c[3]}')
    def postgis_client():
        cursor = psycopg2.connect(host='127.0.0.1').cursor()
        cursor.execute('PREPARE here (float8, float8) AS ' + ' UNION ALL '.join(
            f"SELECT '{layer}', {column}::text FROM {layer} WHERE ST_Intersects(geom, ST_SetSRID(ST_MakePoint($1, $2), 32614))"
            for layer, column in AREAS.items()))
        def fetch(c):
            cursor.execute(f'EXECUTE here ({c[0]}, {c[1]})')
            return ' '.join(row[0] for row in cursor.fetchall())
        return fetch
    for clients in (1, 4):
        in_turn(f'Which of ten layers hold this point', {
            'ours, every value of every feature, over HTTP': (ours_client, lambda: server.pids),
            'PostGIS, one value, no HTTP': (postgis_client, postgres_pids)}, CLICKS, clients, ['p50', 'p99', 'rate', 'cpu'])
    server.close()


def overload():
    server = Server('tiles:\n  cache-mib: 0\n')
    tiles = [t for t in HIGH if t[0] in (14, 15)]
    print(f'\n### Three times what it can do\nload before {open("/proc/loadavg").read().split()[0]}\n')
    print('| clients | tiles/s | refused/s | other answers | p50 ms | p99 ms |\n|---|---|---|---|---|---|')
    for clients in (4, 4, 12, 64, 200):
        done, refused, other, times, stop = [0], [0], {}, [], time.perf_counter() + 12
        def work(seed):
            web = Web(OURS, True)
            i = seed * 7
            while time.perf_counter() < stop:
                i += 1
                before = time.perf_counter()
                body = web.get('/tiles/%s/%d/%d/%d' % (server.parcels, *tiles[i % len(tiles)]))
                if web.status == 200:
                    done[0] += 1; times.append((time.perf_counter() - before) * 1000)
                elif web.status in (429, 503) and web.retry:
                    refused[0] += 1; time.sleep(0.1)
                else:
                    other[web.status] = other.get(web.status, 0) + 1
        threads = [threading.Thread(target=work, args=(s,)) for s in range(clients)]
        [t.start() for t in threads]; [t.join() for t in threads]
        times.sort()
        print(f'| {clients} | {done[0] / 12:.0f} | {refused[0] / 12:.0f} | {other or "none"} | {times[len(times) // 2]:.0f} | {times[len(times) * 99 // 100]:.0f} |', flush=True)
    print('ours, peak RSS MiB:', round(server.rss()))
    server.close()


if wanted('tiles') or wanted('gzip'):
    tiles()
for section in (low, hit, features, point, overload):
    if wanted(section.__name__):
        section()
