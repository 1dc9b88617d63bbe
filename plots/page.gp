# Begins a page of the given `format`: opens the file, prints title and small
# print. They appear with the first panel that is drawn.

if (format eq 'svg') {
  set terminal svg size page_width,page_height dynamic noenhanced \
    background rgb 'white' font 'sans-serif,12'
} else {
  set terminal pngcairo size 2*page_width,2*page_height noenhanced \
    background rgb 'white' font 'DejaVu Sans,12' fontscale 1.5 linewidth 2 \
    pointscale 2
}
set output charts.name.'.'.format
set multiplot

unset label  # those of the page before
set label 1 title at screen across(24),down(26) font ',16' tc rgb ink
set label 2 subtitle at screen across(24),down(48) font ',11' tc rgb grey
do for [i = 1:|notes|] {
  set label 2 + i notes[i] font ',9' tc rgb grey \
    at screen across(24),down(page_height - foot_height + 15 * i)
}
