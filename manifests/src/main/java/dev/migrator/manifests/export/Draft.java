package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Value;

/**
 * A manifest about to be exported.
 *
 * @param wish name it would like to have; another one may have the same wish
 * @param identity text that no other resource of the kind has, for telling apart those with the same wish
 * @param about the entry it comes from, for people
 */
record Draft(String kind, String wish, String identity, Value.Obj spec, String about) {}
