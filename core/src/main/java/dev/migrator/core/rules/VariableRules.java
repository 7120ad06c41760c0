package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** Values that differ by environment, and secrets. */
final class VariableRules {
    static final List<Rule> ALL = List.of(
            error(
                    "SEC-ESCAPED",
                    "a text becomes a secret reference that is not written as one",
                    "texts once their variables are put in",
                    "what a text says must not decide by chance whether a secret is read",
                    "write ${secret:name} as it is, or choose another text"),
            error(
                    "SEC-NAME",
                    "a secret reference has no proper name",
                    "the name in each ${secret:name}",
                    "nobody could find the secret",
                    "write 1 to 128 letters, digits, '.', '_', '-' and '/'"),
            error(
                    "SEC-NOT-HERE",
                    "this field takes no secret",
                    "every ${secret:name} in a resource",
                    "the reference would reach the target as text, or the secret would be seen by everybody who reads it there",
                    "write the value; no field of this kind can hold a secret"),
            error(
                    "VAR-CYCLE",
                    "variables lead to each other in a circle",
                    "variables that name others in their values",
                    "none of them would ever have a value",
                    "give one of them a value of its own"),
            error(
                    "VAR-DUPLICATE",
                    "a variable is declared twice",
                    "the names of all variables of a bundle",
                    "which type and default hold would be a matter of chance",
                    "remove one"),
            error(
                    "VAR-NO-VALUE",
                    "a variable has no value",
                    "variables that resources name, in each environment that an overlay or a mapping names",
                    "nobody can say what the resource is to be there",
                    "give it a default in its Variables document, or set it in an Overlay"),
            error(
                    "VAR-NOT-ALLOWED",
                    "a variable holds a value that is not one of those allowed",
                    "values of variables that list what they allow",
                    "whoever declared it knows what works",
                    "choose one of the values allowed"),
            error(
                    "VAR-SYNTAX",
                    "a text has ${ and then neither a variable nor a secret",
                    "every ${ in spec and labels of resources, and in values of variables",
                    "a misspelt variable would reach the target as text",
                    "write ${env.name} or ${secret:name}; for a plain ${ write $${"),
            error(
                    "VAR-TOO-LONG",
                    "a text is too long once its variables are put in",
                    "values of variables (4,096 characters), texts with variables (1 MiB), all of them together (64 MiB)",
                    "a few short variables that name each other can fill any memory",
                    "write shorter values"),
            error(
                    "VAR-TYPE",
                    "a variable holds a value of another type",
                    "defaults, allowed values and what overlays give, against the type that is declared",
                    "a number in quotes is a text: the resource would be refused, or be another one",
                    "write the value without quotes, or with them, as its type asks"),
            error(
                    "VAR-UNDECLARED",
                    "a variable is not declared",
                    "every ${env.name}, and every variable that an overlay sets",
                    "a misspelt name would have no value, or set nothing",
                    "correct the name, or declare it in a Variables document"));

    private VariableRules() {}
}
