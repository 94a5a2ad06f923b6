/** A way to damage a proxy, as filters of FFmpeg after the proxy's own; picture 12 is the one that is hit. */
export interface Defect {
  name: string;
  picture?: string;
  sound?: string;
}

const AT = "enable='eq(n,12)'";
const ON = "enable='gte(n,12)'";

/**
 * Damage to pictures, then to sound. Every file keeps its codec, container, tags and number of pictures.
 *
 * Burnt-in text that is missing or another one isn't among them: no check of a job reads it. `doctor --prove` alone compares text as it
 * is drawn with text as it should be, and test/doctor/prove.spec.ts plants a late and a moved one.
 */
export const DEFECTS: readonly Defect[] = [
  picture('a picture late throughout', 'tpad=start=1:start_mode=clone,trim=end_frame=25'),
  picture(
    'a picture early throughout',
    'tpad=stop=1:stop_mode=clone,trim=start_frame=1,setpts=PTS-STARTPTS,fps=25',
  ),
  picture(
    'one picture shown twice',
    order((n) => (n === 12 ? 11 : n)),
  ),
  picture(
    'frozen for five pictures',
    order((n) => (n >= 12 && n <= 16 ? 11 : n)),
  ),
  picture(
    'one picture of another place',
    order((n) => (n === 12 ? 2 : n)),
  ),
  picture(
    'two pictures exchanged',
    order((n) => (n === 12 ? 13 : n === 13 ? 12 : n)),
  ),
  picture('backwards', 'reverse'),
  picture('one picture black', `drawbox=t=fill:c=black:${AT}`),
  picture('one picture white', `drawbox=t=fill:c=white:${AT}`),
  picture('a flash of green', `drawbox=t=fill:c=0x00ff00:${AT}`),
  picture('one picture negative', `negate=${AT}`),
  picture('one picture mirrored', `hflip=${AT}`),
  picture('one picture upside down', `vflip=${AT},copy`),
  picture('one picture without colour', `hue=s=0:${AT}`),
  picture('a band of 8 lines in one picture', `drawbox=y=180:h=8:t=fill:c=gray:${AT}`),
  picture('a band of 4 lines in one picture', `drawbox=y=180:h=4:t=fill:c=white:${AT}`),
  picture(
    'a block of 32 by 32 in one picture',
    `drawbox=x=320:y=160:w=32:h=32:t=fill:c=gray:${AT}`,
  ),
  picture(
    'a block of 16 by 16 in one picture',
    `drawbox=x=320:y=160:w=16:h=16:t=fill:c=black:${AT}`,
  ),
  picture('the lower half of one picture grey', `drawbox=y=ih/2:t=fill:c=gray:${AT}`),
  picture('noise in one picture', `noise=alls=100:${AT}`),
  picture('black from the middle on', `drawbox=t=fill:c=black:${ON}`),
  picture('mirrored throughout', 'hflip'),
  picture('upside down throughout', 'vflip,copy'),
  picture('turned around throughout', 'hflip,vflip,copy'),
  picture('negative throughout', 'negate'),
  picture('grey throughout', 'hue=s=0'),
  picture('half the colour', 'hue=s=0.5'),
  picture('70 % of the colour', 'hue=s=0.7'),
  picture('a cast of blue, 10 levels', 'lutyuv=u=val+maxval/24'),
  picture('a cast of blue, 6 levels', 'lutyuv=u=val+maxval/40'),
  picture('a cast from the middle on', `lutyuv=v=val-maxval/40:${ON}`),
  picture('blue shadows', 'colorbalance=bs=0.2'),
  picture('another hue', 'hue=h=20'),
  picture('planes of colour exchanged', 'swapuv'),
  picture('BT.601 for BT.709', 'scale=in_color_matrix=bt601:out_color_matrix=bt709'),
  picture('full range for limited', 'scale=in_range=tv:out_range=pc,setparams=range=tv'),
  picture('limited range for full', 'scale=in_range=pc:out_range=tv,setparams=range=tv'),
  picture('brighter throughout', 'eq=brightness=0.05'),
  picture('more contrast', 'eq=contrast=1.15'),
  picture('another gamma', 'eq=gamma=1.3'),
  picture('shown larger', 'crop=iw/2:ih/2,scale=640:360'),
  picture('moved by 16 pixels', 'scroll=hpos=0.025'),
  picture('moved by 8 lines', 'scroll=vpos=0.0222'),
  picture('a mark burnt in', 'drawbox=x=20:y=20:w=120:h=40:t=fill:c=white'),
  picture('two pictures mixed', 'tmix=frames=2'),
  picture('blurred', 'gblur=sigma=12'),
  picture('blurred by 3 pixels', 'gblur=sigma=3'),
  picture('a mosaic of 8 pixels', 'pixelize=w=8:h=8'),
  picture('sharpened', 'unsharp=5:5:3'),
  picture('snow', 'noise=alls=40:allf=t'),
  picture('colour beside its luma', 'chromashift=cbh=4:crh=4'),
  picture('colour a sample beside its luma', 'chromashift=cbh=1:crh=1'),
  picture('all a pixel to the side', 'scroll=hpos=0.0015625'),
  picture('all two lines lower', 'scroll=vpos=0.006'),
  picture('colour four lines lower', 'chromashift=cbv=4:crv=4'),
  picture('noise in a quarter', within('iw/2:ih/2:0:0', 'noise=alls=30:allf=t')),
  picture('a ninth blurred', within('iw/3:ih/3:iw/3:ih/3', 'gblur=sigma=12')),
  picture('a column in all pictures', 'drawbox=x=301:w=1:t=fill:c=white'),
  sound('channels exchanged', 'pan=stereo|c0=c1|c1=c0'),
  sound('the left channel silent', 'pan=stereo|c1=c1'),
  sound('silent throughout', 'volume=0'),
  sound('20 ms of silence', "volume=0:enable='between(t,0.4,0.42)'"),
  sound('100 ms of silence', "volume=0:enable='between(t,0.4,0.5)'"),
  sound('40 ms late', 'adelay=40:all=1,atrim=end=1'),
  sound('twice as loud', 'volume=2'),
  sound('half as loud', 'volume=0.5'),
  sound('loud for 100 ms', "volume=4:enable='between(t,0.4,0.5)'"),
  sound('both channels mixed', 'pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0+0.5*c1'),
  sound('10 ms late', 'adelay=10:all=1,atrim=end=1'),
  sound('flutters', 'tremolo=f=10:d=0.5'),
  sound('polarity turned around', 'aeval=-val(0)|-val(1):c=same'),
];

/** Shows other pictures in the places of some. */
function order(shown: (place: number) => number): string {
  return `shuffleframes=${Array.from({ length: 25 }, (_, place) => shown(place)).join(' ')}`;
}

/** Changes what lies in a place (width, height, left, top) and nothing else. */
function within(place: string, filter: string): string {
  const [left, top] = place.replaceAll('i', 'main_').split(':').slice(2);
  return `split[all][other];[other]crop=${place},${filter}[part];[all][part]overlay=${left}:${top}:format=auto`;
}

function picture(name: string, filter: string): Defect {
  return { name, picture: filter };
}

function sound(name: string, filter: string): Defect {
  return { name, sound: filter };
}
