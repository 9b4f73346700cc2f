package org.tequio.procedure;

/**
 * The office's right to ask that a filing be completed (prevención): how often, and how long the
 * applicant has each time. The term to resolve stands still meanwhile.
 *
 * @param times how often; 0 where it may not ask at all
 * @param cure how long the applicant has; not completed by then, the filing counts as not presented
 * @param basis on what this stands
 */
public record Prevention(int times, Term cure, Basis basis) {}
