package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds secrets that stand in an environments file, without repeating them. */
final class EnvironmentSecrets {
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)(.*[._-])?(pass(word|wd|phrase)?|pwd|secret|token|api-?_?key|private-?_?key|access-?_?key|jaas|.*jaas.*)"
                    + "([._-].*)?|.*(Password|Secret|Token|ApiKey|PrivateKey|AccessKey)");
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]*@");
    private static final Pattern SECRET_TEXT =
            Pattern.compile("(?i)-----BEGIN [A-Z ]*PRIVATE KEY|(password|secret|token|api_?key)\\s*[=:]");

    private EnvironmentSecrets() {}

    static List<Finding> in(YamlDocument document, String file) {
        var findings = new ArrayList<Finding>();
        walk(document.value(), "", document, file, findings);
        return findings;
    }

    private static void walk(Value value, String pointer, YamlDocument document, String file, List<Finding> findings) {
        switch (value) {
            case Value.Obj(var fields) ->
                fields.forEach((name, field) -> {
                    var at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                    if (SECRET_NAME.matcher(name).matches()) {
                        findings.add(finding("a field named " + name, document, at, file));
                    } else {
                        walk(field, at, document, file, findings);
                    }
                });
            case Value.Arr(var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    walk(items.get(i), pointer + "/" + i, document, file, findings);
                }
            }
            case Value.Text(var text) ->
                secretIn(text).ifPresent(what -> findings.add(finding(what, document, pointer, file)));
            default -> {
                // numbers and booleans are no secrets
            }
        }
    }

    private static Optional<String> secretIn(String text) {
        if (USER_INFO.matcher(text).find()) {
            return Optional.of("a URL with a user name or password in it");
        }
        return SECRET_TEXT.matcher(text).find() ? Optional.of("a text that holds a secret") : Optional.empty();
    }

    private static Finding finding(String found, YamlDocument document, String pointer, String file) {
        return Finding.error(Problem.of("ENV-SECRET", "secrets do not belong into the environments file")
                        .about(pointer.substring(1).replace('/', '.'))
                        .expected("the name of a credential")
                        .found(found)
                        .todo("put it into NAME.properties in the credentials folder of the service that may hold it,"
                                + " write NAME under credentials, and replace the secret: it was in a file"))
                .at(file, document.lines().lineOf(pointer));
    }
}
