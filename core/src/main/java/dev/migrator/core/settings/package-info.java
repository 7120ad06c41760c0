/**
 * Documents beside resources that say how one bundle becomes what an environment gets: variables, overlays, mappings, and
 * the projects that own addresses. Pure, and without any knowledge of a kind's fields beyond its rules.
 */
package dev.migrator.core.settings;
