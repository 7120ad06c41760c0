/** The validated, content-addressed package of all manifests at a commit, and the checks that it has to pass. */
package dev.migrator.core.bundle;
