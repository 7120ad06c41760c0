package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import java.util.List;
import java.util.Optional;

/**
 * A declared variable.
 *
 * @param fallback its value where an environment gives none; may name other variables
 * @param allowed the only values it may have; empty when any of its type will do
 * @param document where it is declared
 */
record Variable(String name, VariableType type, Optional<Value> fallback, List<Value> allowed, Document document) {
    Variable {
        allowed = List.copyOf(allowed);
    }

    String pointer() {
        return "/spec/variables/" + name;
    }
}
