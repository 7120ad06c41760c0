package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;
import java.util.stream.Stream;

/** What can only be judged with what is known from earlier migrations. */
final class InventoryRules {
    static final List<Rule> ALL = Stream.of(
                    error(
                            "PLN-CLAIMED",
                            "another project owns this entry",
                            "who owns each entry of the bundle in the environment",
                            "two projects would undo each other's changes for ever",
                            "ask the owner to let go of it with state: unmanaged, or leave it out"),
                    error(
                            "PLN-DRIFT",
                            "somebody else has changed this since it was last applied; it is kept as it is",
                            "what was last applied, what is there and what is wanted",
                            "a change made by hand in an incident would be lost without anybody having decided so",
                            "write what is there into the manifest; or set drift: overwrite, or adopt, in environments.yaml"),
                    warning(
                            "PLN-DRIFT-LEFT",
                            "somebody else has changed this since it was last applied; it is left so",
                            "what was last applied, what is there and what is wanted",
                            "manifest and environment go on saying different things",
                            "write what is there into the manifest"),
                    warning(
                            "PLN-DRIFT-OVERWRITTEN",
                            "somebody else has changed this since it was last applied; it is overwritten",
                            "what was last applied, what is there and what is wanted",
                            "somebody wanted the value that goes",
                            "find out who changed it, and why"),
                    warning(
                            "PLN-MADE-AGAIN",
                            "somebody else has deleted this and made it again since it was applied",
                            "the id that the target gave the entry, then and now",
                            "the data that it held is gone",
                            "find out whether its data is still what it should be"),
                    warning(
                            "PLN-NOT-PRUNED",
                            "no longer in the bundle, left alone",
                            "entries that the project is known to have and the bundle does not name",
                            "what nobody describes any more is still there, and is used",
                            "delete it with state: absent, let go of it with state: unmanaged, or turn pruning on"),
                    error(
                            "PLN-PROTECTED",
                            "this entry is protected from deletion",
                            "metadata.protected of every manifest that the entry ever had",
                            "protection that goes with the lines that declared it protects from nothing",
                            "write protected: false to release it, then delete it"),
                    error(
                            "PLN-PRUNE-ALL",
                            "pruning would delete everything that the project has",
                            "entries that the project is known to have, and those that the bundle wants",
                            "an empty folder, or a wrong one, would empty production",
                            "write state: absent for what has to go"),
                    warning(
                            "PLN-RENAMED",
                            "this was renamed; the entry under the old address is left in place",
                            "the address that the resource had, and the one it has now",
                            "both exist until somebody retires the old one",
                            "move its users, then delete it with a manifest that says state: absent"),
                    error(
                            "PLN-UID-KIND",
                            "a uid belongs to a resource of another kind",
                            "metadata.uid and the kind that it was first used with",
                            "identity is what makes a resource the same one through renames",
                            "give it a uid of its own"),
                    error(
                            "PLN-UID-REUSED",
                            "the uid of a deleted resource is never used for another one",
                            "metadata.uid and what it belonged to before it was deleted",
                            "history and approvals of the old resource would seem to be those of the new one",
                            "write another metadata.uid"))
            .map(Rule::againstAnEnvironment)
            .toList();

    private InventoryRules() {}
}
