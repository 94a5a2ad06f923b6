import { RUNNER_VERSION } from '@app/storage';
import { KIT_CLIPS, type KitClip } from './kit-clips.ts';
import type { Editor } from '../plan/editors.ts';

interface Program {
  name: string;
  /** Steps before the clips are examined. */
  steps: readonly string[];
}

/** Resolve is last: its proxies are stored among the clips. */
export const KIT_PROGRAMS: Readonly<Record<Editor, Program>> = {
  premiere: {
    name: 'Premiere Pro',
    steps: [
      'Import all clips of media/ and select them in the project panel.',
      'Proxy > Attach Proxies…, and name the first file of proxies/premiere; Premiere finds the others by their names.',
      'Turn on Toggle Proxies in the program monitor.',
    ],
  },
  avid: {
    name: 'Media Composer',
    steps: [
      'Link to the files of proxies/avid (Input > Source Browser > Link).',
      'Import the ALE of lists/avid into the bin: merge events by file name.',
      'Link the originals of media/ in another bin, and relink by timecode and tape or source file name.',
    ],
  },
  fcp: {
    name: 'Final Cut Pro',
    steps: [
      'Import the FCPXML of lists/fcp (File > Import > XML).',
      'Set View > Media > Proxy Preferred.',
    ],
  },
  resolve: {
    name: 'DaVinci Resolve',
    steps: [
      'Import all clips of media/. Their proxies lie in media/Proxy, where Resolve finds them by itself.',
      'Set Playback > Proxy Handling > Prefer Proxies.',
      'For camera RAW: run "watch-folder-runner doctor --render-test FOLDER --clip YOURS" on this machine and send its report, too.',
    ],
  },
};

const QUESTIONS = {
  attached: 'The proxy is attached',
  first: 'First frame and its timecode are those of the clip',
  last: 'Last frame and its timecode, too',
  tracks: 'All audio tracks, in order and in step',
  look: 'Looks as described beside the name',
} as const;

/** Returns an offline page with steps, a row for each clip, and a button that saves the answers as JSON. */
export function kitChecklist(editor: Editor): string {
  const { name, steps } = KIT_PROGRAMS[editor];
  const heads = Object.values(QUESTIONS).map((question) => `<th>${question}</th>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}: acceptance kit</title>
<style>body{font:15px/1.5 system-ui;margin:2rem auto;max-width:75rem;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid;padding:.3rem .5rem;text-align:left;vertical-align:top}small{font-weight:normal}input[type=text]{width:100%;box-sizing:border-box}</style>
<h1>${name}</h1><form>
<p><label>Version of ${name} <input type="text" name="program_version" required></label> <label>System <input type="text" name="system" required></label></p>
<ol>${steps.map((step) => `<li>${step}</li>`).join('')}</ol>
<table><tr><th>Clip</th>${heads.join('')}<th>Remarks</th></tr>${KIT_CLIPS.map(rowOf).join('')}</table>
<p><button>Save the answers as JSON</button> Send that file back.</p></form>
<script>document.forms[0].onsubmit=(event)=>{event.preventDefault();
const answers=Object.fromEntries(new FormData(event.target));
const report={kit:${JSON.stringify(RUNNER_VERSION)},program:${JSON.stringify(name)},saved_at:new Date().toISOString(),answers};
const link=document.createElement('a');link.download='${editor}.json';
link.href=URL.createObjectURL(new Blob([JSON.stringify(report,null,2)],{type:'application/json'}));link.click()}</script></html>
`;
}

function rowOf({ name, rate, timecode, tracks, look }: KitClip): string {
  const facts = [
    ...(look ? [look] : []),
    `${rate} frames a second`,
    timecode || 'no timecode',
    `${tracks} tracks`,
  ];
  const choices = ['not tried', 'yes', 'no'].map((one) => `<option>${one}</option>`).join('');
  const cells = Object.keys(QUESTIONS).map(
    (key) =>
      `<td><select name="${name}: ${key}" aria-label="${key}, ${name}">${choices}</select></td>`,
  );
  return `<tr><th>${name}<br><small>${facts.join(', ')}</small></th>${cells.join('')}<td><input type="text" name="${name}: remarks" aria-label="remarks, ${name}"></td></tr>`;
}
