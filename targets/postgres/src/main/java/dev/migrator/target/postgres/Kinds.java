package dev.migrator.target.postgres;

import dev.migrator.core.kinds.TableRowsKind;
import java.util.List;

/** Entry kinds of this target, in the order in which they are created. */
final class Kinds {
    static final String ROW = TableRowsKind.ENTRY;

    static final List<String> ALL = List.of(ROW);

    private Kinds() {}
}
