package org.tequio.mapping.project;

/**
 * A team that works on a project.
 *
 * @param teamId which
 * @param role as what
 */
public record ProjectTeam(long teamId, TeamRole role) {}
