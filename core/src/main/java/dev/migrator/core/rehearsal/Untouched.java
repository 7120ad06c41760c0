package dev.migrator.core.rehearsal;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.ActionKind;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.kinds.GrantKind;
import dev.migrator.core.kinds.GrantTuple;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.kinds.Membership;
import dev.migrator.core.kinds.RoleKind;
import dev.migrator.core.kinds.RoleMemberKind;
import dev.migrator.core.kinds.UserName;
import dev.migrator.core.model.EntryKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entries that no rehearsal makes, changes or removes in its place: actions, which are calls; connectors, whose settings name
 * the real systems and start plugins that talk to them; entries of in-house systems, of which nobody here knows what is behind them; and what the executor itself needs there, without which it could not undo what it did.
 *
 * @param principals whom the executor is to targets of the place, e.g. {@code User:migrator}, by target, where that is declared
 */
public record Untouched(Map<String, String> principals) {
    private static final String DENY = "DENY";
    private static final String EVERYBODY = "User:*";

    public Untouched {
        principals = Map.copyOf(principals);
    }

    /** Why the entry is left alone; empty if it is not. */
    public Optional<String> why(EntryKey key) {
        if (isOutside(key)) {
            return Optional.of(
                    switch (key.kind()) {
                        case ActionKind.ENTRY -> "actions are not rehearsed: they reach systems outside of it";
                        case ExternalKind.ENTRY ->
                            "entries of in-house systems are not rehearsed: what is behind another server may be the same";
                        default -> "connectors are not rehearsed: their settings are those of the real systems";
                    });
        }
        return Optional.ofNullable(principals.get(key.target()))
                .filter(principal -> isOwn(key, principal))
                .map(_ -> "the executor needs it in the rehearsal environment as it is there");
    }

    /** What reaches beyond any place, so that none can prove it. */
    public static boolean isOutside(EntryKey key) {
        return Set.of(ConnectorKind.ENTRY, ActionKind.ENTRY, ExternalKind.ENTRY).contains(key.kind());
    }

    private static boolean isOwn(EntryKey key, String principal) {
        var name = UserName.of(principal);
        try {
            return switch (key.kind()) {
                case AclKind.ENTRY -> isOwn(AclTuple.parse(key.address()), principal);
                case KafkaUserKind.ENTRY, RoleKind.ENTRY -> key.address().equals(name);
                case RoleMemberKind.ENTRY -> {
                    var membership = Membership.parse(key.address());
                    yield membership.role().equals(name) || membership.member().equals(name);
                }
                case GrantKind.ENTRY ->
                    GrantTuple.parse(key.address()).grantee().equals(name);
                default -> false;
            };
        } catch (ProblemException notAnAddress) {
            return false; // its target will say so
        }
    }

    /** A rule that denies something to everybody denies it to the executor. */
    private static boolean isOwn(AclTuple rule, String principal) {
        return rule.principal().equals(principal)
                || (rule.principal().equals(EVERYBODY) && rule.permission().equals(DENY));
    }
}
