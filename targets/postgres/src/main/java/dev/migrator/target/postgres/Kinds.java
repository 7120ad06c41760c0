package dev.migrator.target.postgres;

import dev.migrator.core.kinds.GrantKind;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.kinds.RoleMemberKind;
import dev.migrator.core.kinds.TableRowsKind;
import java.util.List;

/** Entry kinds of this target, in the order in which they are created. */
final class Kinds {
    static final String ROLE = RoleKind.ENTRY;
    static final String ROLE_MEMBER = RoleMemberKind.ENTRY;
    static final String GRANT = GrantKind.ENTRY;
    static final String ROW = TableRowsKind.ENTRY;

    static final List<String> ALL = List.of(ROLE, ROLE_MEMBER, GRANT, ROW);

    private Kinds() {}
}
