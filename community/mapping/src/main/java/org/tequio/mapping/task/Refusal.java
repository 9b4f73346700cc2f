package org.tequio.mapping.task;

import org.tequio.feature.LocalText;

/**
 * Why something is not done. The codes are those of Tasking Manager wherever it has one, so that
 * programs that know it know us.
 */
public enum Refusal {
  /** It is not in a state in which it can be taken to map, or somebody else has it. */
  INVALID_TASK_STATE(
      "InvalidTaskState",
      "la tarea no está libre para mapear",
      "a tarefa não está livre para mapear",
      "the task is in no state in which it can be mapped"),
  /** It is not in a state in which it can be taken to validate. */
  NOT_READY_FOR_VALIDATION(
      "NotReadyForValidation",
      "la tarea no espera validación",
      "a tarefa não espera validação",
      "the task is not MAPPED, BADIMAGERY or INVALIDATED, or somebody holds it"),
  /** Who mapped something does not judge it. */
  CANNOT_VALIDATE_MAPPED_TASK(
      "CannotValidateMappedTask",
      "nadie valida lo que mapeó; pida a otra persona que lo haga",
      "ninguém valida o que mapeou; peça a outra pessoa que o faça",
      "nobody validates what they mapped themselves; ask somebody else to do it"),
  /** One cannot give back what one does not hold to map it. */
  LOCK_BEFORE_UNLOCKING(
      "LockBeforeUnlocking",
      "la tarea no está tomada para mapear",
      "a tarefa não está tomada para mapear",
      "the task is not locked for mapping"),
  /** One cannot give back what one does not hold to validate it. */
  NOT_LOCKED_FOR_VALIDATION(
      "NotLockedForValidation",
      "la tarea no está tomada para validar",
      "a tarefa não está tomada para validar",
      "the task is not locked for validation"),
  /** A task is given back in a state that this does not give. */
  INVALID_UNLOCK_STATE(
      "InvalidUnlockState",
      "después de mapear: MAPPED, BADIMAGERY o READY; después de validar: VALIDATED, INVALIDATED o"
          + " MAPPED",
      "depois de mapear: MAPPED, BADIMAGERY ou READY; depois de validar: VALIDATED, INVALIDATED ou"
          + " MAPPED",
      "after mapping: MAPPED, BADIMAGERY or READY; after validation: VALIDATED, INVALIDATED or"
          + " MAPPED"),
  /** Somebody else holds it. */
  TASK_NOT_OWNED(
      "TaskNotOwned",
      "la tarea la tiene otra persona",
      "a tarefa está com outra pessoa",
      "the task is held by somebody else"),
  /** A task that somebody holds, or that waits, has nothing to take back. */
  UNDO_NOT_ALLOWED(
      "UndoNotAllowed",
      "la tarea no tiene un cambio que se pueda deshacer ahora",
      "a tarefa não tem uma mudança que se possa desfazer agora",
      "there is no change of the task that could be taken back now"),
  /** Somebody else's change is taken back by validators only. */
  UNDO_PERMISSION(
      "UndoPermissionError",
      "solo quien hizo el cambio, o quien puede validar, lo deshace",
      "só quem fez a mudança, ou quem pode validar, a desfaz",
      "a change is taken back by who made it, or by a validator"),
  /** One cuts what one holds. */
  LOCK_TO_SPLIT(
      "LockToSplit",
      "para dividir una tarea hay que tomarla antes",
      "para dividir uma tarefa é preciso tomá-la antes",
      "a task must be locked before it can be split"),
  /** Somebody else holds what one wants to cut. */
  SPLIT_OTHER_USER_TASK(
      "SplitOtherUserTask",
      "la tarea la tiene otra persona",
      "a tarefa está com outra pessoa",
      "the task is held by somebody else"),
  /** It is too small to be cut. */
  SMALL_TO_SPLIT(
      "SmallToSplit",
      "la tarea es muy pequeña para dividirla; quien coordina el proyecto sí puede",
      "a tarefa é pequena demais para dividir; quem coordena o projeto pode",
      "the task is too small to be split; a coordinator of the project can do it"),
  /** One keeps for longer what one holds. */
  LOCK_BEFORE_EXTENDING(
      "LockBeforeExtending",
      "la tarea no está tomada",
      "a tarefa não está tomada",
      "the task is not locked"),
  /** Somebody else holds what one wants to keep. */
  LOCKED_BY_ANOTHER_USER(
      "LockedByAnotherUser",
      "la tarea la tiene otra persona",
      "a tarefa está com outra pessoa",
      "the task is held by somebody else"),
  /** The bulk action is not for a task in this state. */
  NOT_IN_STATE(
      "InvalidTaskState",
      "la tarea no está en el estado que esto pide",
      "a tarefa não está no estado que isto pede",
      "the task is not in the state that this is for"),
  /** For who runs the project. */
  NOT_A_MANAGER(
      "UserActionNotPermitted",
      "esto es de quien coordina el proyecto",
      "isto cabe a quem coordena o projeto",
      "this is for those who run the project"),
  /** May not map here. */
  MAPPING_NOT_ALLOWED(
      "UserNotAllowed",
      "no puede mapear en este proyecto",
      "não pode mapear neste projeto",
      "you may not map in this project"),
  /** May not validate here. */
  VALIDATION_NOT_ALLOWED(
      "UserNotValidator",
      "no puede validar en este proyecto",
      "não pode validar neste projeto",
      "you may not validate in this project"),
  /** Nobody maps before it is published, or after it was put away. */
  PROJECT_NOT_PUBLISHED(
      "ProjectNotPublished",
      "el proyecto no está publicado",
      "o projeto não está publicado",
      "the project is not published"),
  /** The project is for those whom it names. */
  NOT_ON_ALLOWED_LIST(
      "UserNotAllowed",
      "el proyecto es para las personas que nombra",
      "o projeto é para as pessoas que nomeia",
      "the project is for the people whom it names"),
  /** The project is for members of its teams. */
  NOT_TEAM_MEMBER(
      "UserNotTeamMember",
      "el proyecto pide ser de uno de sus equipos",
      "o projeto pede ser de uma de suas equipes",
      "the project asks you to be a member of one of its teams"),
  /** The project asks for more experience. */
  LEVEL_TOO_LOW(
      "UserNotCorrectMappingLevel",
      "el proyecto pide más experiencia",
      "o projeto pede mais experiência",
      "the project asks for more experience"),
  /** Its last day is over. */
  PROJECT_OVERDUE(
      "ProjectOverdue",
      "el plazo del proyecto terminó; quien lo coordina puede alargarlo",
      "o prazo do projeto terminou; quem o coordena pode alongá-lo",
      "the project's last day is over; whoever runs it can move it"),
  /** The project says which task one takes. */
  NOT_THE_OFFERED_TASK(
      "RandomTaskOnly",
      "el proyecto reparte las tareas: tome la que se le ofrece",
      "o projeto distribui as tarefas: tome a que lhe é oferecida",
      "the project deals its tasks out: take the one that is offered to you"),
  /** The project asks for another editor. */
  EDITOR_NOT_ALLOWED(
      "EditorNotAllowed",
      "el proyecto pide otro editor",
      "o projeto pede outro editor",
      "the project asks for another editor"),
  /** A project goes to somebody who could run it anyway. */
  NOT_A_MANAGER_TO_BE(
      "TransferPermissionError",
      "el proyecto pasa a alguien que coordine los de su organización",
      "o projeto passa a alguém que coordene os de sua organização",
      "a project goes to somebody who coordinates those of its organisation"),
  /** A label is in use. */
  LABEL_IN_USE(
      "InUse",
      "está en uso; archívelo, o quítelo antes de donde se usa",
      "está em uso; arquive, ou tire antes de onde se usa",
      "it is in use; archive it, or take it from where it is used first"),
  /** Two labels of one kind with one name would be mistaken for each other. */
  LABEL_EXISTS(
      "NameExists",
      "ya hay uno con ese nombre",
      "já há um com esse nome",
      "there is one of that name already"),
  /** The team takes in whom it invites. */
  JOIN_BY_INVITE(
      "JoinMethodByInvite",
      "el equipo recibe a quien invita",
      "a equipe recebe a quem convida",
      "the team takes in those whom it invites"),
  /** One lease a person, in the whole city. */
  ALREADY_HOLDS_A_TASK(
      "UserAlreadyHasTaskLocked",
      "ya tiene otra tarea; termínela o devuélvala antes",
      "já tem outra tarefa; termine-a ou devolva-a antes",
      "you hold another task already; finish it or give it back first"),
  /** The terms of the project's licence were not accepted. */
  LICENCE_NOT_ACCEPTED(
      "UserLicenseError",
      "hay que aceptar antes la licencia del proyecto",
      "é preciso aceitar antes a licença do projeto",
      "the terms of the project's licence must be accepted first"),
  /** Tasks that are taken together must touch. */
  NOT_ADJACENT(
      "TasksNotAdjacent",
      "las tareas que se toman juntas deben tocarse",
      "as tarefas que se tomam juntas devem se tocar",
      "tasks that are taken together must touch each other");

  private final String code;
  private final LocalText reason;

  Refusal(String code, String es, String pt, String en) {
    this.code = code;
    this.reason = new LocalText(es, pt, en);
  }

  /** What programs read. */
  public String code() {
    return code;
  }

  /** What people read. */
  public LocalText reason() {
    return reason;
  }

  /** The HTTP status: what could be mended by accepting terms is a conflict, the rest refused. */
  public int status() {
    return this == LICENCE_NOT_ACCEPTED ? 409 : 403;
  }
}
