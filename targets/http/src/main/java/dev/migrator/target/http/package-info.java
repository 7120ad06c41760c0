/**
 * Systems that serve the HTTP protocol for targets, {@code docs/targets/http-target.openapi.yaml}. What is to be written
 * is judged here, as for every target; the server compares once more under its own lock, so that nothing can come between.
 * Its answers are read strictly: one that the protocol does not have counts as none.
 */
package dev.migrator.target.http;
