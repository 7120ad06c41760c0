/**
 * Tries the contract that every target keeps on any server of the HTTP protocol: the same rules that the product's own
 * targets are built against, and those that only the server itself can keep. A program of its own, so that the command
 * line needs no test library.
 */
package dev.migrator.target.verify;
