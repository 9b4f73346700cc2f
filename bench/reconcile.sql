-- The peer of reconcile.sh: pairs by key with their overlap, then by place those that the key leaves over.
SET max_parallel_workers_per_gather = 2;
DROP TABLE IF EXISTS pairs;
CREATE TABLE pairs AS
  SELECT a.fid AS a, b.fid AS b, ST_Area(ST_Intersection(a.geom, b.geom)) / NULLIF(ST_Area(ST_Union(a.geom, b.geom)), 0) AS iou
  FROM a JOIN b ON replace(a.clave, '-', '') = b.clave;
INSERT INTO pairs
  SELECT a.fid, b.fid, ST_Area(ST_Intersection(a.geom, b.geom)) / NULLIF(ST_Area(ST_Union(a.geom, b.geom)), 0)
  FROM a JOIN b ON ST_Intersects(a.geom, b.geom)
  WHERE NOT EXISTS (SELECT 1 FROM pairs p WHERE p.a = a.fid) AND NOT EXISTS (SELECT 1 FROM pairs p WHERE p.b = b.fid);
SELECT count(*) FILTER (WHERE iou >= 0.75) AS matched, count(*) FILTER (WHERE iou < 0.75) AS other FROM pairs;
