@echo off
rem Starts Anymod. See bin/anymod for what it reads from the environment:
rem JAVA_HOME, ANYMOD_HOME, ANYMOD_JAVA_OPTS, ANYMOD_ONLINE, PYTORCH_LIBRARY_PATH.
setlocal EnableExtensions DisableDelayedExpansion

if not defined ANYMOD_HOME for %%I in ("%~dp0..") do set "ANYMOD_HOME=%%~fI"
if not exist "%ANYMOD_HOME%\lib\" (
  echo anymod: incomplete installation: "%ANYMOD_HOME%\lib" is missing 1>&2
  exit /b 1
)

if defined JAVA_HOME (
  set "ANYMOD_JAVA=%JAVA_HOME%\bin\java.exe"
) else (
  set "ANYMOD_JAVA=java.exe"
  where /q java.exe || (
    echo anymod: no Java found: install Java 17 or newer, or set JAVA_HOME 1>&2
    exit /b 1
  )
)
if defined JAVA_HOME if not exist "%ANYMOD_JAVA%" (
  echo anymod: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it 1>&2
  exit /b 1
)

set "ANYMOD_JAVA_MAJOR=0"
for /f "tokens=3" %%V in ('""%ANYMOD_JAVA%" -version 2^>^&1" ^| findstr /i " version "') do (
  for /f "delims=. tokens=1" %%M in ("%%~V") do set "ANYMOD_JAVA_MAJOR=%%M"
)
if %ANYMOD_JAVA_MAJOR% LSS 17 (
  echo anymod: Java 17 or newer is needed, but "%ANYMOD_JAVA%" is Java %ANYMOD_JAVA_MAJOR% 1>&2
  exit /b 1
)

set "ANYMOD_OFFLINE=true"
set "ANYMOD_CLASS_PATH=%ANYMOD_HOME%\lib\*"
if "%ANYMOD_ONLINE%"=="1" (
  set "ANYMOD_OFFLINE=false"
  set "ANYMOD_CLASS_PATH="
  rem With the CPU library in sight the engine would not look for one that fits the GPU.
  for %%J in ("%ANYMOD_HOME%\lib\*.jar") do call :add "%%~fJ"
)

"%ANYMOD_JAVA%" "@%ANYMOD_HOME%\conf\java.options" %ANYMOD_JAVA_OPTS% ^
  "-Danymod.home=%ANYMOD_HOME%" -Dai.djl.offline=%ANYMOD_OFFLINE% -DOPT_OUT_TRACKING=true ^
  -cp "%ANYMOD_CLASS_PATH%" org.anymod.cli.Anymod %*
exit /b %ERRORLEVEL%

:add
echo %~nx1 | findstr /b "pytorch-native-cpu-" >nul && exit /b 0
if defined ANYMOD_CLASS_PATH (
  set "ANYMOD_CLASS_PATH=%ANYMOD_CLASS_PATH%;%~1"
) else (
  set "ANYMOD_CLASS_PATH=%~1"
)
exit /b 0
