package org.tequio.mapping.task;

/** What somebody can want to do with a task. */
public enum TaskAction {
  /** Take it to map it. */
  LOCK_FOR_MAPPING,
  /** Give it back as it was. */
  STOP_MAPPING,
  /** Give it back as mapped. */
  FINISH_MAPPED,
  /** Give it back as one of which the imagery does not show enough. */
  FINISH_BADIMAGERY,
  /** Give it back as one that still waits. */
  FINISH_READY,
  /** Take it to validate it. */
  LOCK_FOR_VALIDATION,
  /** Give it back as it was. */
  STOP_VALIDATION,
  /** Give it back as good. */
  FINISH_VALIDATED,
  /** Give it back as one with more to do. */
  FINISH_INVALIDATED,
  /** Give it back as mapped, without a word on whether it is good. */
  FINISH_STILL_MAPPED,
  /** Take the last change of state back. */
  UNDO,
  /** Cut it into smaller ones. */
  SPLIT,
  /** Keep it for longer. */
  EXTEND,
  /** Say something about it. */
  COMMENT,
  /** Call it mapped without taking it. */
  MAP,
  /** Call it good without taking it. */
  VALIDATE,
  /** Call what is good one with more to do. */
  INVALIDATE,
  /** Let it wait again, though the imagery showed too little. */
  RESET_BADIMAGERY,
  /** Let it wait again. */
  RESET
}
