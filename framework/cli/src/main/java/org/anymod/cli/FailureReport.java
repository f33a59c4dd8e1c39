package org.anymod.cli;

import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.anymod.core.data.DatasetException;
import org.anymod.core.training.TrainingException;
import org.anymod.host.recipe.RecipeException;
import org.anymod.spi.InvalidDataException;
import org.anymod.torch.SafeTensorsException;
import org.anymod.torch.parallel.ParallelException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong: in a sentence where the user can mend it, with a place to look otherwise.
 */
final class FailureReport implements IExecutionExceptionHandler {
  private static final Set<Class<? extends Exception>> MISTAKES =
      Set.of(
          UserMistake.class,
          RecipeException.class,
          DatasetException.class,
          InvalidDataException.class,
          SafeTensorsException.class,
          FileNotFoundException.class,
          FileSystemException.class,
          ParallelException.class);

  private final AnymodCommand root;

  FailureReport(AnymodCommand root) {
    this.root = root;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (failure instanceof StoppedException || failure instanceof TrainingException) {
      root.endTogether();
    }
    if (failure instanceof StoppedException) {
      err.println("anymod: " + failure.getMessage());
      err.flush();
      return ExitCode.STOPPED;
    }
    if (failure instanceof TrainingException) {
      err.println("anymod: " + failure.getMessage());
      err.flush();
      return ExitCode.FAILED;
    }
    boolean mistake = isMistake(failure);
    if (mistake) {
      message(failure).lines().forEach(line -> err.println("anymod: " + line));
    } else {
      err.println("anymod: internal error: " + failure);
      if (!root.stacktrace()) {
        err.println("anymod: run again with --stacktrace to see where it happened");
      }
    }
    if (root.stacktrace()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return mistake ? ExitCode.USER_ERROR : ExitCode.FAILED;
  }

  /**
   * An illegal argument that this project's own code refused came from the user; one that a library
   * refused came from this project.
   */
  private static boolean isMistake(Exception failure) {
    if (failure instanceof IllegalArgumentException) {
      StackTraceElement[] trace = failure.getStackTrace();
      return trace.length > 0 && trace[0].getClassName().startsWith("org.anymod.");
    }
    return MISTAKES.stream().anyMatch(type -> type.isInstance(failure));
  }

  private static String message(Exception failure) {
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    } else if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": access denied";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
