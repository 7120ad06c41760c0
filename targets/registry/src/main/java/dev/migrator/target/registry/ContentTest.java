package dev.migrator.target.registry;

import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.target.TargetException;
import java.nio.charset.StandardCharsets;

/**
 * Tests content against the rules that hold for an existing artifact, and keeps nothing. Version 2 of the API has a call
 * for it. Version 3 has {@code dryRun=true} in its place, which is no use here: it keeps the content, which is found from
 * then on by its content id, and makes the group.
 */
final class ContentTest {
    private static final String THIS_API = "/v3";
    private static final String TESTING_API = "/v2";

    /** What the registry said. */
    sealed interface Verdict {
        record Passed() implements Verdict {}

        /** Against a rule; the answer tells which. */
        record Failed(Answer answer) implements Verdict {}

        /** The server failed, in a rule that cannot bear the content or for another reason. */
        record Broken(Answer answer) implements Verdict {}

        /** There is no such artifact any more. */
        record Gone() implements Verdict {}

        /** This server cannot be asked that. */
        record Unanswered() implements Verdict {}
    }

    private final RegistryHttp http;

    ContentTest(RegistryHttp http) {
        this.http = http;
    }

    /** @param type of the artifact */
    Verdict ask(ArtifactName artifact, String type, String content) throws TargetException {
        var base = http.base();
        if (!base.endsWith(THIS_API)) {
            return new Verdict.Unanswered();
        }
        var answer = http.put(
                base.substring(0, base.length() - THIS_API.length()) + TESTING_API,
                Paths.artifact(artifact) + "/test",
                SchemaText.mediaType(type, content),
                content.getBytes(StandardCharsets.UTF_8));
        if (answer.ok()) {
            return new Verdict.Passed();
        }
        if (answer.againstARule()) {
            return new Verdict.Failed(answer);
        }
        if (answer.status() >= 500) {
            return new Verdict.Broken(answer);
        }
        return answer.absent() ? new Verdict.Gone() : new Verdict.Unanswered();
    }
}
