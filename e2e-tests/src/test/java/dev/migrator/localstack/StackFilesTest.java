package dev.migrator.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Fleet;
import dev.migrator.localstack.server.Home;
import dev.migrator.manifests.EnvironmentsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the local stack writes for the services, read as they read it. */
class StackFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEnvironmentsAndTheFleetAreValidWithAndWithoutAPlaceToRehearseIn(boolean rehearsal) {
        var options = Options.in(Home.find(), folder).withServices(List.of());
        var layout = new StackLayout(folder);
        var systems = Set.of(TargetSystem.values());

        new StackFiles(layout, StackSettings.draw(Map.of(), Map.of(), List.of(), systems, rehearsal)).write(options);

        var loaded = EnvironmentsFile.load(layout.environmentsFile());
        assertThat(loaded.findings()).isEmpty();
        var environments = loaded.environments().orElseThrow();
        assertThat(environments.names().contains("rehearsal")).isEqualTo(rehearsal);
        assertThat(environments.fleets()).flatExtracting(Fleet::environments).containsExactly("test", "production");
    }
}
