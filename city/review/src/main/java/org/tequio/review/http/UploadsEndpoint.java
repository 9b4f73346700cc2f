package org.tequio.review.http;

import java.io.IOException;
import java.util.List;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.review.upload.Uploads;

/** Files arrive in pieces that survive lost connections. */
public final class UploadsEndpoint {
  private final Uploads uploads;
  private final Permissions permissions;

  /** Answers from these. */
  public UploadsEndpoint(Uploads uploads, Permissions permissions) {
    this.uploads = uploads;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/uploads", "beginUpload", Names.SUBMIT, this::begin)
            .summary("Begins to send a file.")
            .takes("application/json", NewUpload.class)
            .answers("application/json", UploadJson.class),
        Endpoint.put("/api/uploads/{upload}", "continueUpload", Names.SUBMIT, this::append)
            .summary("Sends the next piece, at most 8 MiB; it is on disk when this answers.")
            .with(Names.UPLOAD, Names.OFFSET)
            .takes("application/octet-stream", null)
            .answers("application/json", UploadJson.class),
        Endpoint.get("/api/uploads/{upload}", "upload", Names.SUBMIT, this::one)
            .summary("How much of a file arrived.")
            .with(Names.UPLOAD)
            .answers("application/json", UploadJson.class),
        Endpoint.delete("/api/uploads/{upload}", "deleteUpload", Names.SUBMIT, this::delete)
            .summary("Throws away what arrived of a file.")
            .with(Names.UPLOAD));
  }

  record NewUpload(String name, long bytes) {}

  record UploadJson(String id, String name, long bytes, long received) {}

  private static UploadJson json(Uploads.Upload upload) {
    return new UploadJson(upload.id(), upload.name(), upload.bytes(), upload.received());
  }

  private Reply begin(Call call) throws IOException {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(Names.SUBMIT, account));
    NewUpload wanted = call.json(NewUpload.class);
    UploadJson begun = json(uploads.begin(account, wanted.name(), wanted.bytes()));
    return Reply.created("/api/uploads/" + begun.id(), begun);
  }

  private Reply append(Call call) throws IOException {
    Uploads.Upload upload = own(call);
    long offset = call.required(Names.OFFSET);
    try (var body = call.body(Uploads.MAX_CHUNK)) {
      return Reply.json(json(uploads.append(upload, offset, body)));
    }
  }

  private Reply one(Call call) throws IOException {
    return Reply.json(json(own(call)));
  }

  private Reply delete(Call call) throws IOException {
    uploads.delete(own(call));
    return Reply.empty();
  }

  /** Another's upload does not exist. */
  private Uploads.Upload own(Call call) throws IOException {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(Names.SUBMIT, account));
    return uploads
        .find(call.path(Names.UPLOAD))
        .filter(upload -> upload.account().equals(account))
        .orElseThrow(() -> new ProblemException(Problem.notFound(call.path(Names.UPLOAD))));
  }
}
