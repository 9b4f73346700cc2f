package org.tequio.publish.wfs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.formats.Xml;
import org.tequio.http.Call;
import org.tequio.http.Problem;
import org.tequio.http.Reply;
import org.tequio.publish.edit.EditRefused;
import org.tequio.publish.edit.Edited;
import org.tequio.publish.edit.LayerEdit;
import org.tequio.publish.edit.LayerEditing;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;
import org.tequio.publish.wfs.TransactionRequest.Action;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * Does what transactions ask, all or nothing. A client that reads the map as of a revision edits
 * what it saw: where a feature has changed since, the transaction is refused. Thread-safe.
 */
final class Transactions {
  private static final int MOST_MATCHED = 10_001;

  private final LayerEditing editing;
  private final FeatureStore store;

  Transactions(LayerEditing editing, FeatureStore store) {
    this.editing = editing;
    this.store = store;
  }

  Reply answer(Call call, TransactionRequest request) {
    List<Action> origins = new ArrayList<>();
    AsOf seen = Moment.of(call);
    try {
      Edited edited =
          editing.apply(
              call, state -> edits(request, state, seen, origins), "wfs", request.handle());
      return Reply.text("application/xml", response(request, edited))
          .with("Cache-Control", "no-store");
    } catch (EditRefused e) {
      throw told(e, request, origins);
    }
  }

  /** The edits of all actions; remembers which action each comes of. */
  private List<LayerEdit> edits(
      TransactionRequest request, AsOf state, AsOf seen, List<Action> origins) {
    origins.clear();
    List<LayerEdit> edits = new ArrayList<>();
    for (Action action : request.actions()) {
      LayerId layer = action.type().layer().id();
      long basedOn = basedOn(layer, seen);
      switch (action) {
        case Action.Insert insert -> edits.add(new LayerEdit.Insert(layer, insert.content()));
        case Action.Update update ->
            matched(update.type(), update.filter(), state)
                .forEach(
                    id -> edits.add(new LayerEdit.Update(layer, id, update.changes(), basedOn)));
        case Action.Replace replace ->
            matched(replace.type(), replace.filter(), state)
                .forEach(
                    id -> edits.add(new LayerEdit.Replace(layer, id, replace.content(), basedOn)));
        case Action.Delete delete ->
            matched(delete.type(), delete.filter(), state)
                .forEach(id -> edits.add(new LayerEdit.Delete(layer, id, basedOn)));
      }
      while (origins.size() < edits.size()) {
        origins.add(action);
      }
    }
    return edits;
  }

  /** The revision of the map that the client had seen; 0 where it does not say. */
  private long basedOn(LayerId layer, AsOf seen) {
    return switch (seen) {
      case AsOf.Now _, AsOf.Waiting _ -> 0;
      case AsOf.AtRevision(long number) -> number;
      case AsOf.AtInstant then ->
          store.findLayer(layer, then).map(StoredLayer::revision).orElse(0L);
    };
  }

  /** Features that are named are edited even where they are gone, so that their loss is told. */
  private List<FeatureId> matched(FeatureType type, FesFilter filter, AsOf state) {
    QueryDraft draft = new QueryDraft(type);
    draft.filter(filter);
    TypeQuery query = draft.query();
    long[] ids = query.ids();
    List<FeatureId> all = new ArrayList<>();
    if (ids != null) {
      for (long id : ids) {
        all.add(new FeatureId(id));
      }
      return all;
    }
    new FeatureScan(store, query, state)
        .scan(
            0,
            row -> {
              all.add(new FeatureId(row.id()));
              return all.size() < MOST_MATCHED;
            });
    return all;
  }

  private static OwsException told(
      EditRefused refused, TransactionRequest request, List<Action> origins) {
    Problem problem = refused.problem();
    int edit = refused.edit();
    String handle =
        edit >= 0 && edit < origins.size() ? origins.get(edit).handle() : request.handle();
    OwsCode code =
        switch (problem.status()) {
          case 400 -> OwsCode.INVALID_VALUE;
          case 404 -> OwsCode.NOT_FOUND;
          default -> OwsCode.OPERATION_PROCESSING_FAILED;
        };
    return new OwsException(code, handle.isEmpty() ? null : handle, problem.detail())
        .status(problem.status());
  }

  private static byte[] response(TransactionRequest request, Edited edited) {
    if (request.old()) {
      return oldResponse(request, edited);
    }
    WfsVersion version = request.version();
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("wfs", version.wfs());
    prefixes.put(version.isGml32() ? "fes" : "ogc", version.filter());
    Xml xml = new Xml("wfs:TransactionResponse", prefixes);
    xml.attribute("version", version.number());
    xml.start("wfs:TransactionSummary");
    xml.leaf("wfs:totalInserted", Integer.toString(edited.inserted().size()));
    xml.leaf("wfs:totalUpdated", Long.toString(edited.updated()));
    if (version.isGml32()) {
      xml.leaf("wfs:totalReplaced", Long.toString(edited.replaced()));
    }
    xml.leaf("wfs:totalDeleted", Long.toString(edited.deleted())).end();
    switch (version) {
      case V2_0 -> inserted20(xml, request, edited);
      case V1_1 -> inserted11(xml, request, edited);
    }
    return xml.toBytes();
  }

  /** What version 1.0 answers (OGC 02-058, 12.3): that it went well, and what is new. */
  private static byte[] oldResponse(TransactionRequest request, Edited edited) {
    WfsVersion names = WfsVersion.V1_1;
    Xml xml =
        new Xml("wfs:WFS_TransactionResponse", Map.of("wfs", names.wfs(), "ogc", names.filter()));
    xml.attribute("version", "1.0.0");
    eachInserted(
        request,
        edited,
        (handle, id) -> {
          xml.start("wfs:InsertResult", "handle", handle.isEmpty() ? null : handle);
          xml.start("ogc:FeatureId", "fid", id).end().end();
        });
    xml.start("wfs:TransactionResult").start("wfs:Status").start("wfs:SUCCESS");
    return xml.toBytes();
  }

  private static void inserted20(Xml xml, TransactionRequest request, Edited edited) {
    if (edited.inserted().isEmpty()) {
      return;
    }
    xml.start("wfs:InsertResults");
    eachInserted(
        request,
        edited,
        (handle, id) -> {
          xml.start("wfs:Feature", "handle", handle.isEmpty() ? null : handle);
          xml.start("fes:ResourceId", "rid", id).end().end();
        });
    xml.end();
  }

  // Version 1.1 wants the element even where nothing is new.
  private static void inserted11(Xml xml, TransactionRequest request, Edited edited) {
    xml.start("wfs:InsertResults");
    if (edited.inserted().isEmpty()) {
      xml.start("wfs:Feature").start("ogc:FeatureId", "fid", "none").end().end();
    }
    eachInserted(
        request,
        edited,
        (handle, id) -> {
          xml.start("wfs:Feature", "handle", handle.isEmpty() ? null : handle);
          xml.start("ogc:FeatureId", "fid", id).end().end();
        });
    xml.end();
  }

  private interface EachInserted {
    void of(String handle, String featureId);
  }

  private static void eachInserted(TransactionRequest request, Edited edited, EachInserted each) {
    int next = 0;
    for (Action action : request.actions()) {
      if (action instanceof Action.Insert insert) {
        each.of(insert.handle(), insert.type().featureId(edited.inserted().get(next++).value()));
      }
    }
  }
}
