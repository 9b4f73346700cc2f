package org.tequio.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.feature.Language;
import org.tequio.feature.TryLater;

/**
 * Stands before everything: puts the security headers on every response, and turns what nobody
 * caught into a problem document with an id that the log has too. Never an empty 500.
 */
final class Gate implements Filter {
  /** Besides the city's own, the page asks JOSM on the reader's machine: its remote control. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:;"
          + " style-src 'self' 'unsafe-inline'; connect-src 'self' http://127.0.0.1:8111;"
          + " object-src 'none';"
          + " base-uri 'self'; frame-ancestors 'self'; form-action 'self'";

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse http = (HttpServletResponse) response;
    protect((HttpServletRequest) request, http);
    try {
      chain.doFilter(request, response);
    } catch (EOFException e) {
      LOG.debug("client left", e);
    } catch (IOException | ServletException | RuntimeException | StackOverflowError e) {
      answer((HttpServletRequest) request, http, rootOf(e));
    }
  }

  private static void protect(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
    // What is published is public and needs no cookie, so that pages of other cities may read it;
    // what somebody gets by their cookie is for the city's own page.
    if (request.getHeader("Cookie") == null) {
      response.setHeader("Access-Control-Allow-Origin", "*");
    }
    response.setHeader(
        "Access-Control-Expose-Headers", "ETag, Content-Crs, Content-Range, Tequio-Tile, Link");
  }

  private static void answer(
      HttpServletRequest request, HttpServletResponse response, Throwable fault)
      throws IOException {
    Problem problem;
    if (fault instanceof HttpException http && http.getCode() < 500) {
      problem = Problem.malformed(http.getCode());
    } else if (fault instanceof ProblemException told) {
      problem = told.problem();
    } else if (fault instanceof TryLater) {
      LOG.warn("told to try later at {} {}", request.getMethod(), shown(request), fault);
      problem = Problem.tryLater();
    } else if (fault instanceof IOException) {
      // The client went away in the middle; nobody is there to be told.
      LOG.debug("connection lost", fault);
      return;
    } else {
      String id = UUID.randomUUID().toString().substring(0, 8);
      LOG.error("fault {} at {} {}", id, request.getMethod(), shown(request), fault);
      problem = Problem.fault(id);
    }
    if (response.isCommitted()) {
      // The status is gone; only a broken connection tells that the body is not whole.
      throw new IOException("broken off after a fault", fault);
    }
    response.reset();
    protect(request, response);
    Language language = Call.language(request.getHeader("Accept-Language"));
    Reply reply = Reply.problem(problem, language);
    (problem.status() == 503 ? reply.with("Retry-After", "2") : reply).writeTo(request, response);
  }

  private static Throwable rootOf(Throwable fault) {
    Throwable at = fault;
    while (at.getCause() != null
        && (at instanceof ServletException || at.getCause() instanceof HttpException)) {
      at = at.getCause();
    }
    return at;
  }

  /** Log lines are one line each, whatever a client sends. */
  private static String shown(HttpServletRequest request) {
    return request.getRequestURI().replaceAll("[\\p{Cntrl}]", "?");
  }
}
