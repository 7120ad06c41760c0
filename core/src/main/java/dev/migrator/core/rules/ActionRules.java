package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What an Action manifest has to be beyond its shape. */
final class ActionRules {
    static final List<Rule> ALL = List.of(
            error(
                    "ACT-EQUALS",
                    "a probe that looks at a field says what it has to be",
                    "field and equals of the probe of an action over HTTP",
                    "one without the other says nothing about whether the action is done",
                    "write both, or none: then the status alone says it"),
            error(
                    "ACT-NO-UNDO",
                    "an action that names no undo cannot be undone",
                    "actions with state: absent, and reverts of migrations that did one",
                    "nothing but the action's own undo knows how",
                    "undo by hand what it did, or let go of it by taking it out of the bundle"),
            error(
                    "ACT-PATH",
                    "a path leads away from the target, or is none",
                    "the paths of an action over HTTP",
                    "the environment alone says where actions may go",
                    "write an encoded path that begins with / and has no . and .. in it"),
            error(
                    "ACT-STATEMENT",
                    "this is not one statement that can run within a transaction",
                    "the statements of an action in SQL",
                    "an action and its probe are one transaction, which no statement of its own may end",
                    "put several statements into a function, and call that"),
            error(
                    "ACT-TOO-LARGE",
                    "an action is defined by too much",
                    "the definition as canonical JSON, at most 4,096 bytes",
                    "it is a part of the action's name, which plans, statuses and the inventory hold",
                    "keep the work where it is done, as a stored procedure or an endpoint, and name it here"),
            error(
                    "ACT-TYPE",
                    "an action is of exactly one type",
                    "the fields of spec: http, sql or kafka",
                    "two effects cannot be done or undone as one",
                    "make an action for each, and order them with dependsOn"),
            error(
                    "ACT-VALUE",
                    "the record that undoes is the one that does",
                    "do and undo of an action over Kafka",
                    "the newest record of the key says whether the action is done",
                    "write another value, or none for a tombstone"));

    private ActionRules() {}
}
